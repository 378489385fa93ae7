"""The door for assistants: what they may call (`tools`), and the server (`server`).

Only `server` needs the MCP SDK, the extra ``govmech[mcp]``.
"""
