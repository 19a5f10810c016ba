package dev.stravinsky.chaos.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a mutant's one source into a folder that stands before the product on the class path.
 */
final class MutantBuild {
  private final Path repository;
  private final String classPath;

  MutantBuild(Path repository, String classPath) {
    this.repository = repository;
    this.classPath = classPath;
  }

  /** The class path on which the mutant runs. */
  String compile(Mutant mutant, Path folder) throws IOException {
    Path source = folder.resolve("source").resolve(Path.of(mutant.source()).getFileName());
    Path classes = folder.resolve("classes");
    Files.createDirectories(source.getParent());
    Files.createDirectories(classes);
    Files.writeString(source, mutant.in(repository));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of("-nowarn", "-proc:none", "-cp", classPath, "-d", classes.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(complaints, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new IllegalStateException(mutant.name() + " does not compile: " + complaints);
      }
    }
    return classes + File.pathSeparator + classPath;
  }
}
