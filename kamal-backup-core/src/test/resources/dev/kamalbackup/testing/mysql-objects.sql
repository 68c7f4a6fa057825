-- One of nearly every kind of object that MySQL and MariaDB share, in an order that a naive restore would trip over.
CREATE TABLE users (
  id int PRIMARY KEY AUTO_INCREMENT, email varchar(200) NOT NULL, face blob,
  email_length int GENERATED ALWAYS AS (char_length(email)) STORED, KEY (email_length)
);
CREATE TABLE log (at varchar(200));
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE a_child (id int PRIMARY KEY, parent_id int, FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);
CREATE TABLE `odd ``name` (
  id int PRIMARY KEY, raw varbinary(20), doc json, a int, b int,
  total int GENERATED ALWAYS AS (a + b) VIRTUAL, emoji varchar(20), amount decimal(20, 5), at datetime(6),
  flags bit(10), kind enum('calm', 'busy'), many set('x', 'y'), KEY (total)
);
CREATE TABLE parts (id int, day int, PRIMARY KEY (id, day))
  PARTITION BY RANGE (day) (PARTITION p1 VALUES LESS THAN (100), PARTITION p2 VALUES LESS THAN MAXVALUE);
CREATE TABLE latin (word varchar(20) COLLATE latin1_german1_ci) CHARACTER SET latin1;
CREATE TABLE place (id int PRIMARY KEY, spot point NOT NULL, words text, SPATIAL KEY (spot), FULLTEXT KEY (words));

INSERT INTO users (email, face) VALUES ('üser1@example.com', x'00FF270A0D1A5C22'), ('user2@example.com', NULL);
INSERT INTO users (email, face) SELECT CONCAT('more', a.id * 2 + b.id, '@example.com'), a.face FROM users a, users b;
INSERT INTO parent VALUES (7), (8);
INSERT INTO a_child VALUES (1, 7), (2, 8);
INSERT INTO `odd ``name` (id, raw, doc, a, b, emoji, amount, at, flags, kind, many)
  VALUES (1, x'000A0D1A275C22FF', '{"a": "\\"quoted\\""}', 2, 4, '😀\\n', 12345.67890, '2026-02-28 23:59:59.123456', b'1010', 'busy', 'x,y');
INSERT INTO parts VALUES (1, 1), (2, 200);
INSERT INTO latin VALUES ('Straße');
INSERT INTO place VALUES (1, ST_GeomFromText('POINT(1 2)'), 'some words');

CREATE VIEW z_view AS SELECT id FROM parent;
CREATE VIEW b_view AS SELECT id FROM z_view;
CREATE TRIGGER noted AFTER INSERT ON users FOR EACH ROW INSERT INTO log VALUES (NEW.email);
CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC RETURN x * 2;
CREATE PROCEDURE greet() COMMENT 'it''s; "odd"' SELECT 'hel;lo /* no comment */' AS greeting;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM log;
