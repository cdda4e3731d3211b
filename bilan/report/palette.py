"""The colours of the document: those of the boards, so that a reader goes from one to the other."""

BLUE = "#0B4F8A"  # the one accent
INK = "#12283C"
SECONDARY = "#3D5166"
GREY = "#6B7A89"
RULE = "#DCE3EA"
PALE = "#F3F6F9"
TINT = "#B9CDE0"  # of the accent, for what stands behind it
FONT = "Source Sans 3"
