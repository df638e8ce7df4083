package io.platform.domain;

/**
 * Where an app's things are kept: its repository, its stored objects, the directories of its
 * processes, and its objects on Kubernetes. It is made of the app's first name, and stays when the
 * app gets another name or namespace, so that nothing has to move then. No two apps have the same.
 */
public record AppLocation(String customer, String namespace, String name) {
  /** That of a new app whose name no earlier app had. */
  public static AppLocation of(String customer, AppPath path) {
    return new AppLocation(customer, path.namespace(), path.name());
  }

  /** That of a new app where an app that once had its name still has {@link #of}. */
  public static AppLocation of(String customer, AppPath path, AppId id) {
    return new AppLocation(customer, path.namespace(), path.name() + "-" + id.value());
  }

  /** What {@link #toString} made. */
  public static AppLocation parse(String text) {
    int name = text.lastIndexOf('/');
    int namespace = text.lastIndexOf('/', name - 1);
    return new AppLocation(
        text.substring(0, namespace),
        text.substring(namespace + 1, name),
        text.substring(name + 1));
  }

  /** {@code <customerID>/<namespace>/<name>}. */
  @Override
  public String toString() {
    return customer + "/" + namespace + "/" + name;
  }
}
