-- Texts told again: reprints, rewrites, and new versions at the same address.

-- `origin` is the document that a text goes back to, the document itself where it is nobody's copy; `address` is the
-- web address without what does not name the page.
ALTER TABLE documents ADD COLUMN origin TEXT;
ALTER TABLE documents ADD COLUMN address TEXT;
UPDATE documents SET origin = id;
CREATE INDEX documents_origin ON documents (origin);
CREATE INDEX documents_address ON documents (address) WHERE address IS NOT NULL;

-- MinHash values of each text, some of them together in one number: texts that share a number may be copies.
CREATE TABLE bands (
  hash     INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_document ON bands (document);

-- Pairs that are copies; `a` is the smaller id.
CREATE TABLE copies (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_b ON copies (b, a);
