package io.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of docs/bench, which are compiled only when somebody measures. */
class BenchProgramsTest {
  @TempDir Path classes;

  @ParameterizedTest
  @ValueSource(strings = {"ArchiveBench.java", "ReceiveServer.java", "StoreBench.java"})
  void compile(String program) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(Path.of("../docs/bench", program)))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }
}
