import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the classes of a jar that have the format of Java 5, which are picocli's, in that of Java 17, which means to add
 * the stack maps that a verifier of today works by. The ahead-of-time cache takes no class without them, so each start
 * would read and verify some 200 classes anew: half of the time that {@code version} takes.
 *
 * <p>Usage: {@code java RenewClasses.java JAR}, with Java 24 or later.
 */
final class RenewClasses {
    /** The first format with stack maps is Java 6's. */
    private static final int FIRST_WITH_STACK_MAPS = 50;

    private final FileSystem jar;
    private final ClassFile classFile;

    private RenewClasses(FileSystem jar) {
        this.jar = jar;
        // What two branches leave on the stack may be of a type that only the jar's own classes tell.
        this.classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::bytes)
                        .orElse(ClassHierarchyResolver.defaultResolver())),
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    }

    public static void main(String[] arguments) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
            new RenewClasses(jar).all();
        }
    }

    private void all() throws IOException {
        List<Path> classes;
        try (Stream<Path> paths = Files.walk(jar.getPath("/"))) {
            classes = paths.filter(path -> path.toString().endsWith(".class")).toList();
        }
        int renewed = 0;
        for (Path path : classes) {
            byte[] old = Files.readAllBytes(path);
            if (classFile.parse(old).majorVersion() < FIRST_WITH_STACK_MAPS) {
                Files.write(path, renewed(path, old));
                renewed++;
            }
        }
        System.out.println(renewed + " classes renewed");
    }

    private byte[] renewed(Path path, byte[] old) {
        // A body that is taken over as it stands would get no stack map, so each instruction is handed on.
        ClassTransform transform = ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                .andThen((type, element) -> {
                    if (element instanceof ClassFileVersion) {
                        type.withVersion(ClassFile.JAVA_17_VERSION, 0);
                    } else {
                        type.with(element);
                    }
                });
        byte[] renewed = classFile.transformClass(classFile.parse(old), transform);
        List<VerifyError> wrong = classFile.verify(renewed);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(path + " does not verify any more", wrong.get(0));
        }
        return renewed;
    }

    private InputStream bytes(ClassDesc type) {
        String name = type.descriptorString();
        Path path = jar.getPath(name.substring(1, name.length() - 1) + ".class");
        try {
            // Null is how a resolver says that it does not know; the next one is asked then.
            return Files.exists(path) ? Files.newInputStream(path) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
