package io.platform.auth.sql;

/** The database cannot be opened; the message is for the operator. */
public final class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String database, Throwable cause) {
    super(
        "The database "
            + database
            + " cannot be opened: "
            + rootMessage(cause)
            + (database.startsWith("jdbc:sqlite:")
                ? ". Make the file and its directory writable for the server's user, and start again."
                : ". Check its URL, user and password, and that it runs."),
        cause);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
