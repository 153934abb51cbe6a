package dev.regardless.cli.startup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar, uncompressed, and gives class files of Java 5 and older the stack map frames of newer ones.
 *
 * <p>The JDK's ahead-of-time cache takes no class without such frames (it could not verify it before the run), and
 * picocli is compiled for Java 5: without this step it alone costs several times a bare start of the virtual machine.
 * Behaviour does not change; frames only tell the verifier what it would otherwise infer.
 */
public final class ModernClassFiles {
  /** The first class file version whose frames are mandatory, so that the cache takes the class. */
  private static final int VERSION_WITH_FRAMES = Opcodes.V1_7;

  private static final int VERSION_OFFSET = 6;
  private static final int UNCOMPRESSED = 0;

  private ModernClassFiles() {}

  /**
   * Copies a jar that is also this virtual machine's class path.
   *
   * @param arguments the jar to read, and the jar to write
   * @throws IOException if either fails
   */
  public static void main(String[] arguments) throws IOException {
    try (JarFile source = new JarFile(arguments[0]);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])));
        ZipOutputStream copy = new ZipOutputStream(file)) {
      copy.setLevel(UNCOMPRESSED);
      List<JarEntry> entries = source.stream().filter(entry -> !entry.isDirectory())
          .sorted(Comparator.comparingInt(ModernClassFiles::rank)).toList();
      for (JarEntry entry : entries) {
        copy(source, entry, copy);
      }
    }
  }

  /** Readers of jars look for the manifest first. */
  private static int rank(JarEntry entry) {
    return entry.getName().equals(JarFile.MANIFEST_NAME) ? 0 : 1;
  }

  private static void copy(JarFile source, JarEntry entry, ZipOutputStream copy) throws IOException {
    byte[] content;
    try (InputStream stream = source.getInputStream(entry)) {
      content = stream.readAllBytes();
    }
    ZipEntry written = new ZipEntry(entry.getName());
    written.setTime(entry.getTime());
    copy.putNextEntry(written);
    copy.write(entry.getName().endsWith(".class") && isOld(content) ? withFrames(content) : content);
    copy.closeEntry();
  }

  private static boolean isOld(byte[] classFile) {
    int version = classFile[VERSION_OFFSET] << Byte.SIZE | (classFile[VERSION_OFFSET + 1] & 0xff);
    return version < Opcodes.V1_6;
  }

  private static byte[] withFrames(byte[] classFile) {
    ClassWriter writer = new FrameWriter();
    new ClassReader(classFile).accept(new ClassVisitor(Opcodes.ASM9, writer) {
      @Override
      public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        super.visit(VERSION_WITH_FRAMES, access, name, signature, superName, interfaces);
      }
    }, ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }

  /** Computes frames; a type that an optional, absent library would bring merges to {@code Object}. */
  private static final class FrameWriter extends ClassWriter {
    FrameWriter() {
      super(COMPUTE_FRAMES);
    }

    @Override
    protected String getCommonSuperClass(String first, String second) {
      try {
        return super.getCommonSuperClass(first, second);
      } catch (TypeNotPresentException absent) {
        return "java/lang/Object";
      }
    }
  }
}
