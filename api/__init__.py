"""Every door to the graph: HTTP, command line, explorer page, MCP."""
