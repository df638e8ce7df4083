CREATE TABLE sample (
  id   ${key} NOT NULL PRIMARY KEY,
  size ${bigint} NOT NULL,
  data ${bytes} NOT NULL,
  dash INTEGER
) ${strict};

INSERT INTO sample (id, size, data) VALUES ('b-1', 5000000000, CAST('x' AS ${bytes})), ('B', 1, CAST('x' AS ${bytes}));
UPDATE sample SET dash = ${position}(id, '-');
