package io.platform.persistence.json;

import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.util.ArrayList;
import java.util.SortedSet;
import java.util.TreeSet;

/** Causes of releases as JSON: a code and its parameters. */
public final class ReleaseCauseJson {
  private static final String DEPLOY = "deploy";
  private static final String CONFIG_CHANGE = "config_change";
  private static final String ROLLBACK = "rollback";

  private ReleaseCauseJson() {}

  public static JsonObject write(ReleaseCause cause) {
    return switch (cause) {
      case ReleaseCause.Deploy(var commit) ->
          new JsonObject().with("code", DEPLOY).with("commit", commit.orElse(null));
      case ReleaseCause.ConfigChange(var set, var unset) ->
          new JsonObject()
              .with("code", CONFIG_CHANGE)
              .with("set", new ArrayList<>(set))
              .with("unset", new ArrayList<>(unset));
      case ReleaseCause.Rollback(ReleaseVersion to) ->
          new JsonObject().with("code", ROLLBACK).with("to", (long) to.number());
    };
  }

  public static ReleaseCause read(JsonObject json) throws BadFormatException {
    String code = json.string("code");
    return switch (code) {
      case DEPLOY -> new ReleaseCause.Deploy(json.optionalString("commit"));
      case CONFIG_CHANGE -> new ReleaseCause.ConfigChange(names(json, "set"), names(json, "unset"));
      case ROLLBACK ->
          new ReleaseCause.Rollback(new ReleaseVersion(Math.toIntExact(json.number("to"))));
      default -> throw new BadFormatException("unknown cause of a release: " + code);
    };
  }

  private static SortedSet<String> names(JsonObject json, String member) throws BadFormatException {
    SortedSet<String> names = new TreeSet<>();
    json.list(member).forEach(name -> names.add(String.valueOf(name)));
    return names;
  }
}
