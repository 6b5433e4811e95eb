"""What is said where a message asks for no recommendation, or where none can be made.

Each module answers one kind of question from the library's own records: nothing here is made up,
and what a record says is given as its words, in quotation marks.
"""

from assistant.replies.reply import Reply

__all__ = ["Reply"]
