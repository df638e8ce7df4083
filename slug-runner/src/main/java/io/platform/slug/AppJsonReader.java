package io.platform.slug;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads an app.json file (devcenter.heroku.com/articles/app-json-schema and Dokku's additions to
 * it, dokku.com/docs/appendices/file-formats/app-json). Keys that are not known are left out; what
 * is wrong in a known one is told with its line and column.
 */
public final class AppJsonReader {
  private final AppJsonTokens json;
  private final AppJsonLimits limits;
  private final EnvReader env;
  private final List<String> notes = new ArrayList<>();
  private final SortedMap<String, DeclaredScale> formation = new TreeMap<>();
  private final SortedMap<String, List<HealthCheck>> checks = new TreeMap<>();
  private Optional<String> stack = Optional.empty();
  private Optional<String> predeploy = Optional.empty();
  private Optional<String> postdeploy = Optional.empty();
  private Optional<String> firstPostdeploy = Optional.empty();

  private AppJsonReader(AppJsonTokens json, AppJsonLimits limits) {
    this.json = json;
    this.limits = limits;
    this.env = new EnvReader(json, notes::add);
  }

  /**
   * Reads a file.
   *
   * @throws BadFormatException where it is wrong; the message names line and column where it can,
   *     and has no full stop
   */
  public static AppJsonFile read(byte[] file, AppJsonLimits limits) throws BadFormatException {
    if (file.length > limits.fileBytes()) {
      throw new BadFormatException(
          "it is larger than %d kB, which is the limit".formatted(limits.fileBytes() >> 10));
    }
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depth())
                    .maxNameLength(limits.fileBytes())
                    .maxNumberLength(limits.fileBytes())
                    .maxStringLength(limits.fileBytes())
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(file)) {
      return read(parser, limits);
    } catch (BadFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new BadFormatException("it is not JSON in UTF-8", e);
    }
  }

  private static AppJsonFile read(JsonParser parser, AppJsonLimits limits) throws IOException {
    try {
      return new AppJsonReader(new AppJsonTokens(parser), limits).file();
    } catch (StreamConstraintsException e) {
      // It has no location of its own.
      throw new BadFormatException(
          AppJsonTokens.located(
              parser.currentLocation(),
              "more than %d objects and arrays within each other".formatted(limits.depth())),
          e);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      String what = "this is not well-formed JSON";
      throw new BadFormatException(at == null ? what : AppJsonTokens.located(at, what), e);
    }
  }

  private AppJsonFile file() throws IOException {
    json.begin();
    json.object("app.json", this::member);
    json.end();
    return new AppJsonFile(
        new AppJson(
            formation,
            checks,
            env.declared(),
            new DeployScripts(predeploy, postdeploy, firstPostdeploy)),
        env.required(),
        stack,
        notes);
  }

  private void member(String key) throws IOException {
    switch (key) {
      case "formation" -> json.object("`formation`", this::scale);
      case "healthchecks" -> json.object("`healthchecks`", this::checks);
      case "env" -> env.read();
      case "scripts" -> json.object("`scripts`", this::script);
      case "stack" -> stack = Optional.of(json.string(key));
      default -> json.skip();
    }
  }

  private void scale(String type) throws IOException {
    checkType(type);
    String what = "the formation of `%s`".formatted(type);
    DeclaredScaleMembers members = new DeclaredScaleMembers();
    json.object(
        what,
        key -> {
          switch (key) {
            case "quantity" ->
                members.quantity = Optional.of(json.number(key, 0, limits.quantity()));
            case "size" -> members.memory = memory(type);
            default -> json.skip();
          }
        });
    formation.put(type, new DeclaredScale(members.quantity, members.memory));
  }

  /** As they come. */
  private static final class DeclaredScaleMembers {
    private Optional<Integer> quantity = Optional.empty();
    private Optional<Integer> memory = Optional.empty();
  }

  private Optional<Integer> memory(String type) throws IOException {
    String size = json.string("size");
    Optional<Integer> megabytes = DynoSizes.megabytes(size);
    if (megabytes.isEmpty()) {
      notes.add(
          "app.json: the size %s of %s is not known, and is not used."
              .formatted(HealthCheckReader.shown(size), type));
    }
    return megabytes;
  }

  private void checks(String type) throws IOException {
    checkType(type);
    List<HealthCheck> list = new ArrayList<>();
    json.array(
        "`healthchecks` of `%s`".formatted(type),
        () -> {
          if (list.size() == limits.checksPerType()) {
            throw json.wrong(
                "`%s` has more than %d health checks".formatted(type, limits.checksPerType()));
          }
          new HealthCheckReader(json, limits, type).read(notes::add).ifPresent(list::add);
        });
    if (!list.isEmpty()) {
      checks.put(type, list);
    }
  }

  private void checkType(String type) throws BadFormatException {
    if (!ProcessTypes.NAME.matcher(type).matches()) {
      throw json.wrong(
          "`%s` is no name of a process type".formatted(HealthCheckReader.shown(type)));
    }
  }

  private void script(String key) throws IOException {
    switch (key) {
      case "postdeploy" -> firstPostdeploy = command(key);
      case "dokku" -> json.object("`dokku` in `scripts`", this::dokkuScript);
      default -> json.skip();
    }
  }

  private void dokkuScript(String key) throws IOException {
    switch (key) {
      case "predeploy" -> predeploy = command(key);
      case "postdeploy" -> postdeploy = command(key);
      default -> json.skip();
    }
  }

  private Optional<String> command(String key) throws IOException {
    return Optional.of(json.string(key).strip()).filter(command -> !command.isEmpty());
  }
}
