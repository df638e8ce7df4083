package io.platform.git.source;

import io.platform.domain.SourceFault;
import io.platform.git.source.AttributeRule.Setting;
import io.platform.git.source.AttributeRule.State;
import io.platform.slug.archive.PathBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes {@code export-ignore} and {@code export-subst} of paths, from the {@code
 * .gitattributes} files of the directories above them: the deepest first, in each the last line
 * first. They come from the pushed tree alone, and not from the server's files.
 *
 * <p>Lines that do not concern the two are not kept, and what finding them costs is bounded.
 */
final class TreeAttributes {
  static final String FILE = ".gitattributes";
  private static final String IGNORE = "export-ignore";
  private static final String SUBST = "export-subst";

  private final SourceLimits.Attributes limits;
  private final MatchBudget budget;
  private final Deque<Directory> directories = new ArrayDeque<>();
  private final Set<String> wanted = new HashSet<>(Set.of(IGNORE, SUBST));
  private Map<String, List<Setting>> macros = Map.of();
  private long bytes;
  private int rules;

  /**
   * The rules of one directory.
   *
   * @param base where paths go on behind it
   */
  private record Directory(int base, List<AttributeRule> rules) {}

  /** The attributes of a path. */
  record Found(boolean ignored, boolean substituted) {
    static final Found NOTHING = new Found(false, false);
  }

  TreeAttributes(SourceLimits.Attributes limits) {
    this.limits = limits;
    this.budget = new MatchBudget(limits.steps());
  }

  /** Refuses what is too much to be read. */
  void reserve(PathBytes path, long size) throws SourceFaultsException {
    if (size > limits.fileBytes()) {
      throw SourceFaultsException.over(
          SourceFault.Limit.ATTRIBUTES_FILE_BYTES, limits.fileBytes(), path.quoted());
    }
    bytes += size;
    if (bytes > limits.bytes()) {
      throw SourceFaultsException.over(
          SourceFault.Limit.ATTRIBUTES_BYTES, limits.bytes(), path.quoted());
    }
  }

  /**
   * Goes into a directory.
   *
   * @param directory its path, with a slash at the end; empty for the root
   * @param file its {@code .gitattributes}; empty where it has none
   */
  void enter(PathBytes directory, byte[] file) throws SourceFaultsException {
    if (directories.isEmpty()) {
      learnMacros(file);
    }
    List<AttributeRule> found =
        file.length == 0 ? List.of() : AttributesFile.parse(file, wanted::contains).rules();
    rules += found.size();
    checkRules(directory);
    directories.push(new Directory(directory.length(), found));
  }

  /** Leaves the directory that was entered last. */
  void leave() {
    rules -= directories.pop().rules().size();
  }

  private void checkRules(PathBytes directory) throws SourceFaultsException {
    if (rules > limits.rules()) {
      throw SourceFaultsException.over(
          SourceFault.Limit.ATTRIBUTES_RULES,
          limits.rules(),
          directory.plus(PathBytes.of(FILE)).quoted());
    }
  }

  /** Macros that come to the two attributes matter as they do. */
  private void learnMacros(byte[] file) throws SourceFaultsException {
    macros = AttributesFile.parse(file, none -> false).macros();
    Map<String, Set<String>> users = new HashMap<>();
    macros.forEach((name, settings) ->
        settings.forEach(setting ->
            users.computeIfAbsent(setting.attribute(), none -> new HashSet<>()).add(name)));
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      for (String user : users.getOrDefault(open.pop(), Set.of())) {
        if (wanted.add(user)) {
          open.push(user);
        }
      }
    }
    rules += wanted.size();
  }

  /**
   * What holds for a path.
   *
   * @param path without a slash at its end
   */
  Found find(PathBytes path, boolean directory) throws SourceFaultsException {
    if (rules == wanted.size()) { // macros alone
      return Found.NOTHING;
    }
    budget.at(path);
    byte[] bytesOfPath = path.bytes();
    int name = 0;
    for (int i = 0; i < bytesOfPath.length; i++) {
      name = bytesOfPath[i] == '/' ? i + 1 : name;
    }
    Map<String, State> known = new HashMap<>();
    for (Directory above : directories) {
      for (AttributeRule rule : above.rules().reversed()) {
        if (rule.pattern().matches(bytesOfPath, name, above.base(), directory, budget)) {
          apply(rule.settings(), known);
        }
        if (known.containsKey(IGNORE) && known.containsKey(SUBST)) {
          return found(known);
        }
      }
    }
    return found(known);
  }

  private static Found found(Map<String, State> known) {
    return new Found(known.get(IGNORE) == State.SET, known.get(SUBST) == State.SET);
  }

  /** The last setting first; a macro that is set brings its own. */
  private void apply(List<Setting> settings, Map<String, State> known)
      throws SourceFaultsException {
    Deque<Setting> open = new ArrayDeque<>(settings.reversed());
    while (!open.isEmpty()) {
      budget.take(1);
      Setting setting = open.poll();
      if (wanted.contains(setting.attribute())
          && known.putIfAbsent(setting.attribute(), setting.state()) == null
          && setting.state() == State.SET) {
        macros.getOrDefault(setting.attribute(), List.of()).forEach(open::push);
      }
    }
  }
}
