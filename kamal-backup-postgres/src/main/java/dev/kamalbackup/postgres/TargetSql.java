package dev.kamalbackup.postgres;

import java.time.Duration;

/** What is said to a restore's target before the dump: whether it can be replaced, and how it is emptied. */
final class TargetSql {
    /** What {@link #READINESS} answers when nothing stands in the way. */
    static final String READY = "ready";

    /** Ends every other session in the database; an app that comes back at once only waits like everybody else. */
    static final String TERMINATE = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'""";

    /** Schemas of users; what an extension brought with it goes and comes with the extension. */
    private static final String USER_SCHEMA = """
            n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
                  SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid AND m.deptype = 'e')""";

    /**
     * Asks what would make the reset fail, to know it before anything waits for it. Whoever owns a schema may drop what
     * is in it; in schema public, which stays, it needs each object otherwise.
     */
    static final String READINESS = """
            SELECT coalesce(
              (SELECT 'a standby server, which is read-only' WHERE pg_is_in_recovery()),
              (SELECT format('schema %%I, which belongs to %%s', n.nspname, n.nspowner::regrole) FROM pg_namespace n
                WHERE %1$s AND n.nspname <> 'public' AND NOT pg_has_role(n.nspowner, 'USAGE') LIMIT 1),
              (SELECT format('relation %%s, which belongs to %%s', c.oid::regclass, c.relowner::regrole)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                  AND NOT pg_has_role(n.nspowner, 'USAGE') AND NOT pg_has_role(c.relowner, 'USAGE')
                  AND NOT EXISTS (SELECT FROM pg_depend m
                    WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e') LIMIT 1),
              (SELECT format('schema public, where role %%I may create nothing', current_user)
                WHERE NOT has_schema_privilege(to_regnamespace('public'), 'CREATE')),
              %3$s,
              '%2$s')
            """.formatted(USER_SCHEMA, READY, LockRoom.LACK);

    /**
     * Begins a transaction and drops everything that users have made in the database, so that nothing survives that is
     * not in the dump. Schema public stays, with its grants, comment and default privileges. Other schemas have to go,
     * since the dump creates them; those that it creates again get theirs back when the transaction commits, by a
     * deferred trigger. Extensions and other things outside schemas go where this role owns them, and are let alone where
     * it could not create them again. (pg_depend ties a partitioned table to itself.)
     *
     * <p>One statement at the time waits for a lock no longer than is said here; who holds it is told.
     */
    private static final String RESET = """
            BEGIN;
            SET LOCAL client_min_messages = error;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL lock_timeout = '%2$dms';
            SET LOCAL search_path = '';
            DO $reset$
            DECLARE
              found record;
              object record;
              told text;
            BEGIN
              SELECT string_agg(format('of role %%s in schema %%I', d.defaclrole::regrole, n.nspname), ', ') INTO told
                FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
                WHERE %1$s AND n.nspname <> 'public' AND NOT pg_has_role(d.defaclrole, 'MEMBER');
              IF told IS NOT NULL THEN
                RAISE EXCEPTION 'default privileges would be lost that role %% may not set again: %%', current_user, told;
              END IF;

              CREATE TEMPORARY TABLE kamal_backup_kept ON COMMIT DROP AS
                WITH kept AS (
                  SELECT n.oid, n.nspname AS name, coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl,
                      obj_description(n.oid, 'pg_namespace') AS note
                    FROM pg_namespace n WHERE %1$s AND n.nspname <> 'public'),
                granted AS (
                  SELECT name, 'GRANT %%2$s ON SCHEMA %%3$I TO %%5$s%%6$s' AS template, 0::oid AS role, '' AS kind, a.*
                    FROM kept, aclexplode(acl) a WHERE a.grantee <> current_user::regrole
                  UNION ALL
                  SELECT name, t.template, d.defaclrole,
                      CASE d.defaclobjtype
                        WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' ELSE 'TYPES' END, a.*
                    FROM kept JOIN pg_default_acl d ON d.defaclnamespace = kept.oid, aclexplode(d.defaclacl) a, (VALUES
                      ('ALTER DEFAULT PRIVILEGES FOR ROLE %%1$s IN SCHEMA %%3$I GRANT %%2$s ON %%4$s TO %%5$s%%6$s'),
                      ('GRANT %%2$s ON ALL %%4$s IN SCHEMA %%3$I TO %%5$s%%6$s')) AS t(template)
                    WHERE t.template LIKE 'ALTER%%'
                      OR (d.defaclrole = current_user::regrole AND d.defaclobjtype <> 'T'))
                SELECT name::text, false AS is_note, format(template, role::regrole, privilege_type, name, kind,
                    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
                    CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
                  FROM granted
                UNION ALL
                SELECT name::text, true, format('COMMENT ON SCHEMA %%I IS %%L', name, note)
                  FROM kept WHERE note IS NOT NULL;
              CREATE FUNCTION pg_temp.kamal_backup_keep() RETURNS trigger LANGUAGE plpgsql AS $keep$
                DECLARE
                  schema regnamespace := to_regnamespace(quote_ident(NEW.name));
                BEGIN
                  -- a comment of the dump's own is what the restore is for
                  IF schema IS NOT NULL AND NOT (NEW.is_note AND obj_description(schema, 'pg_namespace') IS NOT NULL) THEN
                    EXECUTE NEW.statement;
                  END IF;
                  RETURN NULL;
                END $keep$;
              CREATE CONSTRAINT TRIGGER kamal_backup_keep AFTER UPDATE ON pg_temp.kamal_backup_kept
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.kamal_backup_keep();
              UPDATE pg_temp.kamal_backup_kept SET statement = statement;

              FOR found IN
                SELECT classid, objid FROM (
                  SELECT 1 AS rank, 'pg_event_trigger'::regclass::oid AS classid, oid AS objid FROM pg_event_trigger
                    WHERE pg_has_role(evtowner, 'USAGE')
                  UNION ALL SELECT 2, 'pg_publication'::regclass, oid FROM pg_publication
                    WHERE pg_has_role(pubowner, 'USAGE')
                  UNION ALL SELECT 3, 'pg_extension'::regclass, oid FROM pg_extension
                    WHERE extname <> 'plpgsql' AND pg_has_role(extowner, 'USAGE')
                  UNION ALL SELECT 4, 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
                    WHERE pg_has_role(srvowner, 'USAGE')
                  UNION ALL SELECT 5, 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
                    WHERE pg_has_role(fdwowner, 'USAGE')
                  UNION ALL SELECT 6, 'pg_cast'::regclass, oid FROM pg_cast
                  UNION ALL SELECT 7, 'pg_namespace'::regclass, n.oid FROM pg_namespace n
                    WHERE %1$s AND n.nspname <> 'public'
                  UNION ALL SELECT CASE d.classid WHEN 'pg_class'::regclass THEN 8 ELSE 9 END, d.classid, d.objid
                    FROM pg_depend d
                    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace('public')
                      AND d.deptype = 'n' AND d.classid::regclass::text IN ('pg_class', 'pg_proc', 'pg_type',
                        'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_collation', 'pg_conversion', 'pg_ts_config',
                        'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_statistic_ext')
                  ) AS made
                  WHERE objid >= 16384 AND NOT EXISTS (
                    SELECT FROM pg_depend m
                    WHERE m.classid = made.classid AND m.objid = made.objid AND m.objsubid = 0
                      AND m.deptype IN ('e', 'i') AND (m.refclassid, m.refobjid) <> (m.classid, m.objid))
                  ORDER BY rank, objid
              LOOP
                -- gone already if it went with something before it
                SELECT * INTO object FROM pg_identify_object(found.classid, found.objid, 0);
                IF object.identity IS NOT NULL THEN
                  EXECUTE format('DROP %%s %%s CASCADE', CASE
                    WHEN object.type IN ('function', 'procedure', 'aggregate') THEN 'routine'
                    WHEN object.type = 'statistics object' THEN 'statistics' ELSE object.type END, object.identity);
                END IF;
              END LOOP;
              PERFORM lo_unlink(oid) FROM pg_largeobject_metadata WHERE pg_has_role(lomowner, 'USAGE');
              IF to_regnamespace('public') IS NULL THEN
                CREATE SCHEMA public;
              END IF;
            EXCEPTION WHEN lock_not_available THEN
              SELECT string_agg(DISTINCT format('process %%s of %%s (%%s) in a transaction since %%s', a.pid, a.usename,
                  a.application_name, to_char(a.xact_start, 'HH24:MI:SS')), '; ') INTO told
                FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                WHERE l.granted AND l.relation >= 16384 AND a.pid <> pg_backend_pid()
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
              RAISE EXCEPTION 'other sessions use the database: %%', told USING ERRCODE = 'lock_not_available';
            END
            $reset$;
            """;

    private TargetSql() {}

    /** The SQL that empties the target in a transaction which it leaves open. */
    static String reset(Duration lockWait) {
        return RESET.formatted(USER_SCHEMA, lockWait.toMillis());
    }
}
