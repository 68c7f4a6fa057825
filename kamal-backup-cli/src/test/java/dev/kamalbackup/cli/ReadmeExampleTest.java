package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells an embedding developer to write is Java that compiles against this very version. */
class ReadmeExampleTest {
    @TempDir
    private Path folder;

    @Test
    void theEmbeddingExampleCompiles() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).as("the README has an example in Java").isTrue();

        StringWriter said = new StringWriter();
        assertThat(compiles(block.group(1), said)).as("%s", said).isTrue();
        assertThat(compiles(block.group(1).replace("KamalBackup.builder", "KamalBackup.creator"), new StringWriter()))
                .as("a wrong name is noticed")
                .isFalse();
    }

    private boolean compiles(String example, StringWriter said) {
        int body = example.indexOf("Settings settings");
        String source =
                example.substring(0, body) + "class Example { void run() {\n" + example.substring(body) + "}}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        return compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        List.of(new Source(source)))
                .call();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
