package io.platform.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that k8s/base gives to the programs. */
public final class Manifests {
  private static final Path BASE = Path.of("../k8s/base/kustomization.yaml");

  private Manifests() {}

  /** The file that the Secret with the keys of config vars becomes; its path. */
  public static String configKeys(Path directory) throws IOException {
    return Files.writeString(
            directory.resolve("config-keys"),
            "# first\nMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n")
        .toString();
  }

  /** What the generated config maps of these names hold, together. */
  public static Map<String, String> settings(String... names) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    String current = "";
    for (String line : Files.readAllLines(BASE)) {
      String text = line.strip();
      if (text.startsWith("- name: ")) {
        current = text.substring("- name: ".length());
      } else if (text.startsWith("- PLATFORM_") && List.of(names).contains(current)) {
        int equals = text.indexOf('=');
        settings.put(text.substring(2, equals), text.substring(equals + 1));
      }
    }
    return settings;
  }
}
