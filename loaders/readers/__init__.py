"""Report files to documents: ``iter_sources`` lists them, ``read_source`` reads one."""

from loaders.readers.sources import Source, iter_sources, read_source

__all__ = ["Source", "iter_sources", "read_source"]
