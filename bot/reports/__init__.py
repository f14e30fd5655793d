"""Pictures and papers. What makes them runs in a process of its own; this one only asks (`workshop`).

A drawing is a module of this package with one pure function ``draw(values) -> bytes``; its values are a frozen
dataclass of ``sheets``, with every word in the reader's language. Modules that draw import matplotlib or fpdf, and so
nothing else of the house may import them.
"""
