import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * Copies a jar and raises its old class files to version 52, with the stack maps that this version asks for.
 *
 * <p>The AOT cache of the JVM skips class files older than version 50 (those still verified the old way), and picocli
 * ships Java 5 class files: raising them halves the start time of the command. Entries are stored, not compressed, and
 * all have one date, so that the same input gives the same bytes. The result is moved into place, because commands may
 * be running from the jar of before.
 */
final class RaiseClassFiles {
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;

    /** Hands on every element; code goes through a builder, which is what makes its stack maps. */
    private static final ClassTransform RAISE =
            ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                    .andThen(ClassTransform.endHandler(type -> type.with(ClassFileVersion.of(JAVA_8, 0))));

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public static void main(String[] args) throws IOException {
        var from = Path.of(args[0]);
        var to = Path.of(args[1]);
        var jar = new RaiseClassFiles();
        jar.read(from);
        int raised = jar.raise();
        var temporary = to.resolveSibling(to.getFileName() + ".new");
        jar.write(temporary);
        Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        System.getLogger("build").log(System.Logger.Level.DEBUG, raised + " class files raised");
    }

    private void read(Path jar) throws IOException {
        try (var in = new JarInputStream(Files.newInputStream(jar), false)) {
            var manifest = new ByteArrayOutputStream();
            in.getManifest().write(manifest);
            entries.put("META-INF/MANIFEST.MF", manifest.toByteArray());
            for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    private int raise() {
        var hierarchy = ClassHierarchyResolver.ofResourceParsing(this::classFile)
                .orElse(ClassHierarchyResolver.ofResourceParsing(ClassLoader.getPlatformClassLoader()))
                .cached();
        var format = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        int raised = 0;
        for (var entry : entries.entrySet()) {
            if (entry.getKey().endsWith(".class") && version(entry.getValue()) < JAVA_6) {
                entry.setValue(format.transformClass(format.parse(entry.getValue()), RAISE));
                raised++;
            }
        }
        return raised;
    }

    private InputStream classFile(ClassDesc type) {
        var descriptor = type.descriptorString();
        var bytes = entries.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    private static int version(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }

    private void write(Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                var crc = new CRC32();
                crc.update(entry.getValue());
                var stored = new JarEntry(entry.getKey());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(entry.getValue().length);
                stored.setCrc(crc.getValue());
                stored.setTime(0);
                out.putNextEntry(stored);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }
}
