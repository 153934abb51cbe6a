package dev.regardless.tests.rules;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Facts about Java files that only a parser knows. The files are parsed, not compiled. */
final class JavaSources {
  /** A type or method at a place. Lines count from 1. */
  record Declaration(Path file, long line, String name, long lines, boolean documented) {
    @Override
    public String toString() {
      return file + ":" + line + " " + name;
    }
  }

  private final List<Declaration> publicTypes = new ArrayList<>();
  private final List<Declaration> methods = new ArrayList<>();
  private final List<Declaration> finallyBlocks = new ArrayList<>();

  private JavaSources() {}

  /** Parses files, given relative to the root. */
  static JavaSources parse(Path root, List<Path> files) {
    JavaSources sources = new JavaSources();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> absolute = files.stream().map(root::resolve).toList();
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
          manager.getJavaFileObjectsFromPaths(absolute));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
        sources.new Scanner(file, unit, trees).scan(unit, null);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return sources;
  }

  List<Declaration> publicTypes() {
    return publicTypes;
  }

  List<Declaration> methods() {
    return methods;
  }

  List<Declaration> finallyBlocks() {
    return finallyBlocks;
  }

  private final class Scanner extends TreePathScanner<Void, Void> {
    private final Path file;
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final SourcePositions positions;

    Scanner(Path file, CompilationUnitTree unit, DocTrees trees) {
      this.file = file;
      this.unit = unit;
      this.trees = trees;
      this.positions = trees.getSourcePositions();
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (isPublic(type.getModifiers())) {
        publicTypes.add(declaration(type, type.getSimpleName().toString()));
      }
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      methods.add(declaration(method, method.getName().toString()));
      return super.visitMethod(method, nothing);
    }

    @Override
    public Void visitTry(TryTree attempt, Void nothing) {
      BlockTree last = attempt.getFinallyBlock();
      if (last != null) {
        finallyBlocks.add(declaration(last, "finally"));
      }
      return super.visitTry(attempt, nothing);
    }

    private static boolean isPublic(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private Declaration declaration(Tree tree, String name) {
      long first = line(positions.getStartPosition(unit, tree));
      long last = line(positions.getEndPosition(unit, tree));
      boolean documented = trees.getDocComment(getCurrentPath()) != null;
      return new Declaration(file, first, name, last - first + 1, documented);
    }

    private long line(long position) {
      return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }
  }
}
