package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The logins of this user, in {@code credentials.json}: several servers, one of them the current
 * one. Only the user may read the file (mode 0600, directory 0700). Writers take turns by a lock
 * file; the file is replaced as a whole, so that readers need no lock.
 */
public final class LoginStore {
  private final Path directory;
  private final Path file;

  public LoginStore(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("credentials.json");
  }

  /** The server that was logged in to last; it stays known after a logout. */
  public Optional<ServerUrl> current() throws IOException {
    return JsonTree.text(read(), "current").flatMap(ServerUrl::parse);
  }

  public Optional<Login> find(ServerUrl server) throws IOException {
    var tree = read().path("servers").path(server.toString());
    return tree.isObject() ? Optional.of(login(server, tree)) : Optional.empty();
  }

  /** Keeps the login and makes its server the current one. */
  public void save(Login login) throws IOException {
    change(tree -> {
      tree.put("current", login.server().toString());
      var entry = tree.withObjectProperty("servers").putObject(login.server().toString());
      entry.put("email", login.email());
      entry.put("namespace", login.namespace());
      entry.put("issuer", login.issuer().toString());
      login.revocation().ifPresent(it -> entry.put("revocation_endpoint", it.toString()));
      entry.put("expires_at", login.expires().toString());
      entry.put("token", login.token());
    });
  }

  /** Forgets the login, if it still has this token: a newer one stays. */
  public void forget(ServerUrl server, String token) throws IOException {
    change(tree -> {
      var servers = tree.withObjectProperty("servers");
      if (token.equals(servers.path(server.toString()).path("token").asText())) {
        servers.remove(server.toString());
      }
    });
  }

  private Login login(ServerUrl server, JsonNode tree) throws IOException {
    try {
      return new Login(
          server,
          URI.create(field(tree, "issuer")),
          JsonTree.text(tree, "revocation_endpoint").map(URI::create),
          field(tree, "email"),
          field(tree, "namespace"),
          field(tree, "token"),
          Instant.parse(field(tree, "expires_at")));
    } catch (IllegalArgumentException | DateTimeException damaged) {
      throw damaged();
    }
  }

  private String field(JsonNode tree, String name) throws IOException {
    return JsonTree.text(tree, name).orElseThrow(this::damaged);
  }

  private ObjectNode read() throws IOException {
    try {
      if (JsonTree.parse(Files.readString(file)) instanceof ObjectNode tree) {
        return tree;
      }
      throw damaged();
    } catch (CharacterCodingException e) {
      throw damaged();
    } catch (NoSuchFileException none) {
      return JsonTree.object();
    }
  }

  private IOException damaged() {
    return new IOException(
        "The file of logins is damaged: " + file + ". Remove it and log in again.");
  }

  private void change(Consumer<ObjectNode> change) throws IOException {
    makeDirectory();
    try (var channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var tree = read();
      change.accept(tree);
      var next =
          Files.createTempFile(
              directory,
              "credentials",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        write(next, JsonTree.pretty(tree) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    }
  }

  private static void write(Path path, String text) throws IOException {
    try (var out = FileChannel.open(path, StandardOpenOption.WRITE)) {
      var bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  private void makeDirectory() throws IOException {
    var ours = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(directory.toAbsolutePath().getParent());
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ours));
    } catch (FileAlreadyExistsException there) {
      if (!Files.getPosixFilePermissions(directory).equals(ours)) {
        Files.setPosixFilePermissions(directory, ours);
      }
    }
  }
}
