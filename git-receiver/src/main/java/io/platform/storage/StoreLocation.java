package io.platform.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The parts of an object store's URL. Parts of it that may hold a secret are never shown. */
public sealed interface StoreLocation {
  String USE = "use file:///DIRECTORY, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX?region=REGION";

  /** A directory of this machine. */
  record InDirectory(Path root) implements StoreLocation {}

  /** A bucket of Google Cloud Storage; the prefix is empty or ends with a slash. */
  record InGoogle(String bucket, String prefix, Optional<URI> endpoint) implements StoreLocation {}

  /** A bucket of S3, or of what speaks its protocol. */
  record InS3(
      String bucket,
      String prefix,
      Optional<URI> endpoint,
      Optional<String> region,
      boolean pathStyle)
      implements StoreLocation {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with a sentence, where it is none
   */
  static StoreLocation parse(URI url) {
    String scheme = Optional.ofNullable(url.getScheme()).orElse("");
    return switch (scheme) {
      case "file" -> directory(url);
      case "gs" -> {
        BucketUrl its = new BucketUrl(url, Set.of("endpoint"));
        yield new InGoogle(its.bucket(), its.prefix(), its.endpoint());
      }
      case "s3" -> {
        BucketUrl its = new BucketUrl(url, Set.of("endpoint", "region", "path-style"));
        yield new InS3(
            its.bucket(),
            its.prefix(),
            its.endpoint(),
            its.parameter("region"),
            its.flag("path-style").orElse(its.endpoint().isPresent()));
      }
      default ->
          throw new IllegalArgumentException(
              scheme.isEmpty()
                  ? "The object store is no URL: %s.".formatted(USE)
                  : "The object store '%s:' is of an unknown kind: %s.".formatted(scheme, USE));
    };
  }

  private static InDirectory directory(URI url) {
    try {
      return new InDirectory(Path.of(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The object store '%s' names no directory: use file:///DIRECTORY, with three slashes."
              .formatted(url),
          e);
    }
  }

  /** The URL of a bucket, with parameters. */
  final class BucketUrl {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    private final String scheme;
    private final String bucket;
    private final String prefix;
    private final Map<String, String> parameters;

    BucketUrl(URI url, Set<String> known) {
      this.scheme = url.getScheme();
      String authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
      if (authority.contains("@")) {
        throw bad("has credentials in it: take them out, the environment or a key file gives them");
      }
      if (!BUCKET.matcher(authority).matches()) {
        throw bad("names no bucket: use %s://BUCKET/PREFIX".formatted(scheme));
      }
      if (url.getRawFragment() != null) {
        throw bad("has a '#' in it: use %s://BUCKET/PREFIX".formatted(scheme));
      }
      this.bucket = authority;
      this.prefix = prefix(Optional.ofNullable(url.getPath()).orElse(""));
      this.parameters = parameters(Optional.ofNullable(url.getRawQuery()).orElse(""), known);
    }

    private IllegalArgumentException bad(String why) {
      return new IllegalArgumentException("The object store '%s:' %s.".formatted(scheme, why));
    }

    private String prefix(String path) {
      String inner = path.replaceAll("^/|/$", "");
      if (inner.isEmpty()) {
        return "";
      }
      if (!ObjectKeyRule.valid(inner)) {
        throw bad(
            "has the prefix '%s': use names of letters, digits, '-', '_' and '.' with one slash between them"
                .formatted(inner));
      }
      return inner + "/";
    }

    private Map<String, String> parameters(String query, Set<String> known) {
      Map<String, String> found = new TreeMap<>();
      for (String pair : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!known.contains(name)) {
          throw bad(
              "has the unknown parameter '%s': it may have %s"
                  .formatted(name, String.join(", ", known.stream().sorted().toList())));
        }
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (equals < 0 || value.isEmpty() || found.put(name, value) != null) {
          throw bad("must have the parameter '%s' once, with a value".formatted(name));
        }
      }
      return found;
    }

    String bucket() {
      return bucket;
    }

    String prefix() {
      return prefix;
    }

    Optional<String> parameter(String name) {
      return Optional.ofNullable(parameters.get(name));
    }

    Optional<Boolean> flag(String name) {
      return parameter(name)
          .map(value ->
              switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw bad("has %s=%s: use true or false".formatted(name, value));
              });
    }

    /** Where the requests go: scheme, host and port. */
    Optional<URI> endpoint() {
      return parameter("endpoint").map(this::origin);
    }

    private URI origin(String text) {
      try {
        URI origin = new URI(text);
        boolean web = Set.of("http", "https").contains(String.valueOf(origin.getScheme()));
        boolean bare =
            origin.getRawUserInfo() == null
                && origin.getRawQuery() == null
                && origin.getRawFragment() == null
                && Set.of("", "/").contains(String.valueOf(origin.getRawPath()));
        if (web && bare && origin.getHost() != null) {
          return new URI(origin.getScheme() + "://" + origin.getRawAuthority());
        }
      } catch (URISyntaxException e) {
        // told below
      }
      throw bad("has an endpoint that is no http://HOST:PORT or https://HOST");
    }
  }
}
