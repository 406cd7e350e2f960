"""What the real clients do with each toolset but `core`: a module a set.

`PRISM` holds calls as (tool, arguments), for ids as Front's own examples have them; `run(call)` makes
every tool of the set work on the sandbox and looks at what came of it.
"""

import importlib
import pkgutil

SETS = [importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)]
