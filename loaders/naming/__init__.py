"""How mechanisms and initiatives are named: where a name starts and ends, which names are one."""
