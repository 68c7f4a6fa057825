package dev.kamalbackup.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.settings.DatabaseTypes.DatabaseType;
import dev.kamalbackup.settings.DatabaseTypes.Option;
import java.util.ArrayList;
import java.util.List;

/** The JSON Schema (draft 7, which editors know) of the configuration file, in both its shapes. */
public final class ConfigSchema {
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
    private static final String PROPERTIES = "properties";
    private static final String DESCRIPTION = "description";

    private final DatabaseTypes types;

    private ConfigSchema(DatabaseTypes types) {
        this.types = types;
    }

    /** The schema, for the kinds of database at hand. */
    public static ObjectNode of(DatabaseTypes types) {
        return new ConfigSchema(types).root();
    }

    private ObjectNode root() {
        ObjectNode schema = closed("The configuration of kamal-backup: config/kamal-backup.yml");
        schema.put("$schema", DRAFT).put("title", "kamal-backup");
        ObjectNode definitions = schema.putObject("definitions");
        definitions.set("value", value());
        definitions.set("path", path());
        definitions.set("database", database());
        fill(schema, "");
        ObjectNode properties = (ObjectNode) schema.get(PROPERTIES);
        Keys.ALL.stream()
                .filter(key -> !key.flat().isEmpty() && !properties.has(key.flat()))
                .forEach(key -> properties.set(key.flat(), described(flat(key), key)));
        return schema;
    }

    /** The keys that stand directly in a section, and the sections below it. */
    private void fill(ObjectNode schema, String section) {
        ObjectNode properties = (ObjectNode) schema.get(PROPERTIES);
        for (String name : Keys.names(section)) {
            String path = section.isEmpty() ? name : section + "." + name;
            if (Keys.isSection(path)) {
                ObjectNode below = closed("");
                below.putArray("type").add("object").add("null");
                fill(below, path);
                properties.set(name, below);
            } else {
                Key key = Keys.at(path).orElseThrow();
                properties.set(name, described(grouped(key), key));
            }
        }
        Keys.aliases(section).forEach((alias, key) -> properties.set(alias, described(grouped(key), key)));
    }

    private static ObjectNode described(ObjectNode schema, Key key) {
        schema.put(DESCRIPTION, key.help());
        if (!key.fallback().isEmpty()) {
            schema.put("default", key.fallback());
        }
        return schema;
    }

    private static ObjectNode flat(Key key) {
        return key.type() == KeyType.PATHS ? listOf(plain()) : grouped(key);
    }

    private static ObjectNode grouped(Key key) {
        return switch (key.type()) {
            case TEXT, PATH -> plain();
            case SECRET -> reference("value");
            case SWITCH -> text("(?i)\\s*(1|true|yes|y|on|0|false|no|n|off)?\\s*", "boolean", "integer");
            case COUNT -> text("\\s*\\d{0,6}\\s*", "integer").put("minimum", 0).put("maximum", 100_000);
            case DURATION ->
                text("\\s*\\d{1,9}\\s*[smhdwSMHDW]?\\s*", "integer").put("minimum", 0);
            case SCHEDULE ->
                text("\\s*(\\d{1,9}\\s*[smhdwSMHDW]?|@[a-z]+|\\S+(\\s+\\S+){4})?\\s*", "integer")
                        .put("minimum", 0);
            case ZONE -> text("\\s*[A-Za-z0-9_+:/-]*\\s*");
            case AGE -> text("\\s*(\\d+y)?(\\d+m)?(\\d+d)?(\\d+h)?\\s*");
            case SUBSET -> text("\\s*(\\d+/\\d+|\\d+(\\.\\d+)?%|\\d+[kKmMgGtT]?)?\\s*", "integer");
            case PATHS -> listOf(key.equals(Keys.PATHS_LIST) ? reference("path") : plain());
            case DATABASES -> {
                ObjectNode list = object().put("type", "array").put("minItems", 1);
                list.set("items", reference("database"));
                yield list;
            }
        };
    }

    /** A value that may stand elsewhere. */
    private static ObjectNode value() {
        ObjectNode value = object();
        ArrayNode anyOf = value.putArray("anyOf");
        anyOf.add(plain());
        for (String form : SecretReader.FORMS) {
            ObjectNode elsewhere = closed("");
            elsewhere.put("type", "object").putArray("required").add(form);
            ObjectNode properties = (ObjectNode) elsewhere.get(PROPERTIES);
            properties.set(form, form.equals(SecretReader.COMMAND) ? listOf(plain()) : plain());
            anyOf.add(elsewhere);
        }
        return value;
    }

    private static ObjectNode path() {
        ObjectNode path = object();
        ArrayNode anyOf = path.putArray("anyOf");
        anyOf.add(plain());
        ObjectNode mapping = closed("");
        mapping.put("type", "object").putArray("required").add("path");
        ObjectNode properties = (ObjectNode) mapping.get(PROPERTIES);
        properties.set("path", plain().put(DESCRIPTION, "A folder or file to back up."));
        ObjectNode exclude = object().put("type", "array").put("minItems", 1);
        exclude.set("items", plain());
        properties.set("exclude", exclude.put(DESCRIPTION, "Patterns of restic for what to leave out."));
        anyOf.add(mapping);
        return path;
    }

    private ObjectNode database() {
        ObjectNode database = object().put("type", "object");
        database.putArray("required").add("name").add("adapter");
        ObjectNode properties = database.putObject(PROPERTIES);
        properties.set("name", plain().put(DESCRIPTION, "What its snapshots are tagged with."));
        ArrayNode known = object().putArray("enum");
        types.types().forEach(type -> words(type).forEach(known::add));
        ObjectNode adapter = object().put(DESCRIPTION, "The kind of database.");
        adapter.set("enum", known);
        properties.set("adapter", adapter);
        ArrayNode allOf = database.putArray("allOf");
        types.types().forEach(type -> allOf.add(optionsOf(type)));
        return database;
    }

    private static ObjectNode optionsOf(DatabaseType type) {
        ObjectNode rule = object();
        ObjectNode adapter = rule.putObject("if").putObject(PROPERTIES).putObject("adapter");
        ArrayNode words = adapter.putArray("enum");
        words(type).forEach(words::add);
        ObjectNode then = closed("");
        ObjectNode properties = (ObjectNode) then.get(PROPERTIES);
        properties.set("name", object());
        properties.set("adapter", object());
        type.options().forEach(option -> properties.set(option.name(), option(option)));
        ConnectionKeys.aliases(type.id())
                .forEach((alias, meant) ->
                        type.option(meant).ifPresent(option -> properties.set(alias, option(option))));
        rule.set("then", then);
        return rule;
    }

    private static ObjectNode option(Option option) {
        ObjectNode value = object();
        ArrayNode anyOf = value.putArray("anyOf");
        anyOf.add(reference("value"));
        anyOf.addObject().put("type", "array").set("items", plain());
        return value.put(DESCRIPTION, option.help());
    }

    private static List<String> words(DatabaseType type) {
        List<String> words = new ArrayList<>(List.of(type.id()));
        type.aliases().stream().sorted().forEach(words::add);
        return words;
    }

    private static ObjectNode listOf(ObjectNode item) {
        ObjectNode either = object();
        ArrayNode anyOf = either.putArray("anyOf");
        anyOf.add(plain());
        anyOf.addObject().put("type", "array").set("items", item);
        return either;
    }

    /** One value; what YAML takes for a number or a switch is a text to us. */
    private static ObjectNode plain() {
        ObjectNode plain = object();
        plain.putArray("type").add("string").add("number").add("boolean").add("null");
        return plain;
    }

    private static ObjectNode text(String pattern, String... otherTypes) {
        ObjectNode text = object();
        ArrayNode kinds = text.putArray("type").add("string").add("null");
        for (String type : otherTypes) {
            kinds.add(type);
        }
        // The pattern language of schemas has no switch for case.
        return text.put("pattern", "^" + (pattern.startsWith("(?i)") ? anyCase(pattern.substring(4)) : pattern) + "$");
    }

    private static String anyCase(String pattern) {
        StringBuilder any = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            boolean literal = Character.isLetter(letter) && !escaped;
            any.append(literal ? "[" + letter + Character.toUpperCase(letter) + "]" : String.valueOf(letter));
            escaped = letter == '\\';
        }
        return any.toString();
    }

    private static ObjectNode reference(String definition) {
        return object().put("$ref", "#/definitions/" + definition);
    }

    private static ObjectNode closed(String description) {
        ObjectNode schema = object();
        if (!description.isEmpty()) {
            schema.put(DESCRIPTION, description);
        }
        schema.putObject(PROPERTIES);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
