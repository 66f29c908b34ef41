"""Why a file gave no document: a closed list of codes, each with one sentence."""

CODES = {
    "document-format": "The file is no text, Markdown, HTML or PDF document.",
    "document-too-large": "The file is larger than a document may be.",
    "document-encrypted": "The PDF is encrypted; nothing of it was read.",
    "document-damaged": "The file is damaged; nothing of it was read.",
    "document-without-text": "The file holds no text, as an empty page or a scan.",
    "document-encoding": "The bytes are not in the encoding that they should be in.",
    "document-source": "What the file, or the file beside it, says of its source can not be read.",
    "document-unreadable": "The file could not be opened.",
    "document-copy": "The file is another one to the byte; both are one document.",
    "claims-language": "The document is in a language in which no claims are found yet.",
    "claims-failed": "A fault of ours: the document was read, and no claim was taken from it.",
}
"""Codes of the issues of ``gather``, as counted on the page on data quality."""


class NotADocumentError(Exception):
    """A file gives no document; becomes an ``Issue``, never leaves the package."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep the code and what to mend, in our own words and numbers only."""
        super().__init__(code)
        self.code = code
        self.detail = detail
