package dev.regardless.tests.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The classes of module aio anew, one of them changed; all others are those of the tests. */
final class MutatedClasses extends ClassLoader {

  private static final String OURS = "dev.regardless.aio.";

  private final Mutation mutation;

  MutatedClasses(Mutation mutation) {
    super("mutant", MutatedClasses.class.getClassLoader());
    this.mutation = mutation;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = stream.readAllBytes();
      byte[] used = name.equals(mutation.className()) ? mutation.apply(bytes) : bytes;
      return defineClass(name, used, 0, used.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
