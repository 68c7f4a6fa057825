-- One of nearly every kind of object a database can hold.
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION postgres_fdw;

CREATE SCHEMA reporting;
COMMENT ON SCHEMA reporting IS 'reports';
CREATE SCHEMA "odd ""name";

CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TYPE pair AS (a int, b mood);
CREATE TYPE span AS RANGE (subtype = int4);
CREATE TYPE shell;

CREATE TABLE part (
  id int GENERATED ALWAYS AS IDENTITY, extra bigserial, day int, twice int GENERATED ALWAYS AS (day * 2) STORED,
  email citext, tags hstore, state mood DEFAULT 'calm', amount positive, both_of pair, reach span
) PARTITION BY RANGE (day);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (100) TO (200);
INSERT INTO part (day, email, tags, amount, both_of, reach)
  SELECT i, 'User' || i || '@example.com', 'a=>1', i, ROW(i, 'busy'::mood)::pair, span(i, i + 1) FROM generate_series(1, 150) i;
CREATE INDEX ON part (email);

CREATE TABLE line (id int PRIMARY KEY, parent int REFERENCES line, raw bytea, doc jsonb);
INSERT INTO line VALUES (1, NULL, '\x00ff0a5c', '{"a": "\\."}'), (2, 1, NULL, NULL);
CREATE TABLE child (extra int) INHERITS (line);
CREATE TABLE words (line text);
INSERT INTO words VALUES ('\.'), ('SET transaction_timeout = 0;'), (E'two\nlines'), ('COMMIT;'), ('Ünïcode 😀');
CREATE TABLE "odd ""name"."Table X" ("Column ""y" int);
CREATE UNLOGGED TABLE quick (x int);
CREATE SEQUENCE numbers START 7 INCREMENT 3;
SELECT nextval('numbers');
CREATE STATISTICS line_statistics ON id, parent FROM line;

CREATE VIEW reporting.emails AS SELECT email FROM part;
CREATE MATERIALIZED VIEW reporting.total AS SELECT count(*) AS n FROM part;
CREATE RULE no_delete AS ON DELETE TO words DO INSTEAD NOTHING;
CREATE POLICY own ON line USING (id > 0);
ALTER TABLE line ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
  -- a body that looks like the frame of a dump:
  -- Name: reporting; Type: SCHEMA; Schema: -; Owner: -
BEGIN
  NEW.line := NEW.line || '!';
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE INSERT ON words FOR EACH ROW EXECUTE FUNCTION touch();
CREATE FUNCTION outs(pair, OUT x int, OUT y positive) LANGUAGE sql AS 'SELECT 1, 1::positive';
CREATE PROCEDURE both_ways(INOUT a int) LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE out_only(IN a int, OUT b int) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE sum_up(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE middle(float8 ORDER BY anyelement) (
  SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE OPERATOR @@@ (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);
CREATE OPERATOR CLASS own_class FOR TYPE int USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR FAMILY own_family USING hash;
CREATE COLLATION own_collation FROM "C";
CREATE CONVERSION own_conversion FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE TEXT SEARCH DICTIONARY own_dictionary (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION own_search (COPY = simple);
CREATE FUNCTION pair_sum(pair) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
CREATE CAST (pair AS int) WITH FUNCTION pair_sum(pair) AS IMPLICIT;
CREATE CAST (varchar AS int) WITH INOUT;

CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere;
CREATE FOREIGN TABLE far_away (x int) SERVER elsewhere;
CREATE PUBLICATION everything FOR TABLE words;
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER on_ddl ON ddl_command_end EXECUTE FUNCTION on_ddl();

SELECT lo_from_bytea(4711, 'a large object');
COMMENT ON LARGE OBJECT 4711 IS 'large';
