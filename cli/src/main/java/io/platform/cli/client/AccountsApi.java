package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Accounts, namespaces and their members, at the auth server ({@code /auth/v1}). */
public final class AccountsApi {
  private final URI issuer;
  private final Http http;

  public AccountsApi(Login login, HttpClients clients) {
    this.issuer = login.issuer();
    this.http = new Http(Optional.of(login.token()), clients);
  }

  public JsonNode accounts() throws ClientException {
    return http.get(at("/accounts"));
  }

  public JsonNode createAccount(String email, String password, Optional<String> namespace)
      throws ClientException {
    var body = JsonTree.object().put("email", email).put("password", password);
    namespace.ifPresent(it -> body.put("namespace", it));
    return http.send("POST", at("/accounts"), body);
  }

  /** Removes an account. Returns the namespaces that became the user's own. */
  public List<String> removeAccount(String email) throws ClientException {
    var answer = http.send("DELETE", at("/accounts/" + encode(email)), Http.LIMIT);
    return JsonTree.list(answer.path("inherited"), JsonNode::asText);
  }

  /** Changes the user's password; all tokens of the account end. */
  public void changePassword(String old, String replacement) throws ClientException {
    http.send("PUT", at("/me/password"), JsonTree.object().put("old", old).put("new", replacement));
  }

  public void destroyNamespace(String name) throws ClientException {
    http.send("DELETE", at("/namespaces/" + encode(name)), Http.LIMIT);
  }

  public JsonNode namespaces() throws ClientException {
    return http.get(at("/namespaces"));
  }

  public JsonNode createNamespace(String name) throws ClientException {
    return http.send("POST", at("/namespaces"), JsonTree.object().put("name", name));
  }

  public JsonNode members(String namespace) throws ClientException {
    return http.get(at("/namespaces/" + encode(namespace) + "/members"));
  }

  public JsonNode putMember(String namespace, String email, String role) throws ClientException {
    return http.send("PUT", member(namespace, email), JsonTree.object().put("role", role));
  }

  public void removeMember(String namespace, String email) throws ClientException {
    http.send("DELETE", member(namespace, email), Http.LIMIT);
  }

  private URI member(String namespace, String email) {
    return at("/namespaces/" + encode(namespace) + "/members/" + encode(email));
  }

  private URI at(String path) {
    var base = issuer.toString();
    return URI.create(
        (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/auth/v1" + path);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
