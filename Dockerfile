# govmech in an image: dependencies from the lock, then the package, then a small
# final stage without build tools, run by a user of its own.

FROM python:3.12-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.*
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/govmech
WORKDIR /src
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY LICENSE README.md ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY api api
RUN uv sync --locked --no-dev --no-editable

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 10001 --user-group govmech
COPY --from=build --chown=root:root /opt/govmech /opt/govmech
ENV PATH=/opt/govmech/bin:$PATH PYTHONUNBUFFERED=1
USER govmech
WORKDIR /home/govmech
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["govmech"]
CMD ["serve"]
