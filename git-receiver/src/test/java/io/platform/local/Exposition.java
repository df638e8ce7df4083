package io.platform.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text format 0.0.4, read strictly: each family has its type before its
 * samples, which stand together; no series is there twice; the buckets of a histogram grow and end
 * with its count.
 */
record Exposition(Map<String, String> types, List<Sample> samples) {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  /** One value. */
  record Sample(String name, Map<String, String> labels, double value) {}

  static Exposition parse(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    Map<String, String> types = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    Set<String> series = new HashSet<>();
    String family = "";
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        if (comment.group(1).equals("TYPE")) {
          family = comment.group(2);
          String type = comment.group(3);
          check(TYPES.contains(type) && types.put(family, type) == null, line);
        }
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      check(sample.matches(), line);
      String name = sample.group(1);
      check(belongs(name, family, types.getOrDefault(family, "")), line);
      Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
      check(series.add(name + labels), line);
      samples.add(new Sample(name, labels, number(sample.group(3))));
    }
    Exposition exposition = new Exposition(types, samples);
    exposition.checkHistograms();
    return exposition;
  }

  private static boolean belongs(String name, String family, String type) {
    return switch (type) {
      case "histogram" ->
          Set.of(family + "_bucket", family + "_count", family + "_sum").contains(name);
      case "summary" -> Set.of(family, family + "_count", family + "_sum").contains(name);
      case "" -> false;
      default -> name.equals(family);
    };
  }

  private static Map<String, String> labels(String text, String line) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      check(label.start() == end && labels.put(label.group(1), label.group(2)) == null, line);
      end = label.end();
    }
    check(end == text.length(), line);
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private void checkHistograms() {
    Map<String, Double> last = new HashMap<>();
    for (Sample sample : samples) {
      if (sample.name().endsWith("_bucket")) {
        Map<String, String> labels = new HashMap<>(sample.labels());
        labels.remove("le");
        String family = sample.name().substring(0, sample.name().length() - "_bucket".length());
        Double before = last.put(family + labels, sample.value());
        check(before == null || before <= sample.value(), sample.toString());
      }
    }
    for (Sample sample : samples) {
      if (sample.name().endsWith("_count")) {
        String family = sample.name().substring(0, sample.name().length() - "_count".length());
        Double all = last.get(family + new HashMap<>(sample.labels()));
        check(all == null || all == sample.value(), sample.toString());
      }
    }
  }

  private static void check(boolean holds, String line) {
    if (!holds) {
      throw new AssertionError("not in Prometheus' text format: " + line);
    }
  }

  Set<String> families() {
    return new TreeSet<>(types.keySet());
  }

  /** The value of the series that has these labels; of several, the first. */
  double value(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample ->
            sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name + labels))
        .value();
  }
}
