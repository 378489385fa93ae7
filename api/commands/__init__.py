"""Commands of the command line, by what they do: load, ask, serve.

Modules here import only what is quick to import; what a command needs beyond
that, it imports when it runs, so that ``govmech --help`` answers at once.
"""
