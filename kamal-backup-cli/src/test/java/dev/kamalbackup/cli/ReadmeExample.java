package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java that the README tells an embedding developer to write. */
record ReadmeExample(String text) {
    static ReadmeExample read() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).as("the README has an example in Java").isTrue();
        return new ReadmeExample(block.group(1));
    }

    /** The same with other words; those to be replaced must be there. */
    ReadmeExample with(String words, String others) {
        assertThat(text).contains(words);
        return new ReadmeExample(text.replace(words, others));
    }

    /** Makes a program of it, a class Example, and returns what the compiler complains of. */
    String compile(Path into) {
        int body = text.indexOf("Settings settings");
        String source = text.substring(0, body) + "class Example { public static void main(String[] arguments) {\n"
                + text.substring(body) + "}}\n";
        StringWriter said = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        said,
                        null,
                        null,
                        List.of("-d", into.toString(), "-cp", classPath(), "-proc:none", "-encoding", "UTF-8"),
                        null,
                        List.of(new Source(source)))
                .call();
        assertThat(compiled).as("%s", said).isEqualTo(said.toString().isEmpty());
        return said.toString();
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String source;

        Source(String source) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
