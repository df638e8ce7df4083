package io.platform.kubernetes.desired;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quota and network rules of a user's namespace.
 *
 * @param quota ResourceQuota's {@code hard}
 * @param unspecified what a container gets that says nothing of its own (somebody's own pods)
 * @param rights how the platform gets the right to work in it
 * @param pullConfig the Docker config with which images are pulled from a registry that wants a
 *     login; a file that may come, change and go, and without which none is needed
 */
public record NamespaceSettings(
    SortedMap<String, String> quota,
    ContainerResources unspecified,
    Network network,
    Optional<Rights> rights,
    Optional<Path> pullConfig) {
  /** Copies the map and refuses what is no quantity. */
  public NamespaceSettings {
    quota = new TreeMap<>(quota);
    quota.values().forEach(ContainerResources::check);
  }

  /**
   * A RoleBinding in each user's namespace, so that the platform can read and write Secrets in
   * those alone, and not in the whole cluster.
   *
   * @param clusterRole what may be done there
   * @param serviceAccount whose right it is; it is in the platform's own namespace
   */
  public record Rights(String clusterRole, String serviceAccount) {}

  /**
   * The addresses that pods may reach.
   *
   * @param notTheInternet networks (CIDR) that are not the internet: the control plane, nodes, pods
   *     and services, and the node's metadata address
   * @param dns addresses (CIDR) of a DNS server on the node; DNS servers in pods are always reached
   * @param objectStore where the object store is, where that is not on the internet
   * @param ingressNamespaces whose pods may reach apps: the ingress controller's
   * @param platform the ports of the platform's own pod
   */
  public record Network(
      List<String> notTheInternet,
      List<String> dns,
      List<Place> objectStore,
      List<String> ingressNamespaces,
      PlatformPorts platform) {
    /** Copies the lists, and refuses what is no network. */
    public Network {
      notTheInternet = List.copyOf(notTheInternet);
      notTheInternet.forEach(Network::check);
      dns = List.copyOf(dns);
      dns.forEach(Network::check);
      objectStore = List.copyOf(objectStore);
      ingressNamespaces = List.copyOf(ingressNamespaces);
    }

    private static void check(String cidr) {
      int slash = cidr.indexOf('/');
      try {
        int most = 8 * InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress().length;
        if (Integer.parseInt(cidr.substring(slash + 1)) <= most) {
          return;
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("'%s' is no network".formatted(cidr), e);
      }
      throw new IllegalArgumentException("'%s' is no network".formatted(cidr));
    }

    /** This network, of which these networks (CIDR) too are not the internet. */
    public Network without(List<String> more) {
      List<String> all = new ArrayList<>(notTheInternet);
      all.addAll(more);
      return new Network(all, dns, objectStore, ingressNamespaces, platform);
    }

    /**
     * What RFC 6890 keeps from the internet and a cluster may use; of IPv6 also the ways that NAT64
     * has to it (RFC 6052, RFC 8215); and the address by which Azure's nodes are told their
     * settings. No object store in the cluster, no ingress.
     */
    public static final Network DEFAULTS =
        new Network(
            List.of(
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "168.63.129.16/32",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "224.0.0.0/4",
                "240.0.0.0/4",
                "64:ff9b::a00:0/104",
                "64:ff9b::6440:0/106",
                "64:ff9b::7f00:0/104",
                "64:ff9b::a9fe:0/112",
                "64:ff9b::ac10:0/108",
                "64:ff9b::c0a8:0/112",
                "64:ff9b::c612:0/111",
                "64:ff9b:1::/48",
                "fc00::/7",
                "fe80::/10",
                "ff00::/8"),
            List.of("169.254.20.10/32"),
            List.of(),
            List.of(),
            PlatformPorts.defaults());
  }

  /**
   * Something that pods may reach in the cluster or its networks.
   *
   * @param where a namespace's name, or a network (CIDR)
   * @param port of the pod, where it is one
   */
  public record Place(String where, int port) {
    /** Whether it is a network. */
    boolean isNetwork() {
      return where.contains("/");
    }
  }

  /** A quota of 8 CPUs and 16 GiB of memory requested, 100 pods, no load balancers. */
  public static NamespaceSettings defaults() {
    return new NamespaceSettings(
        new TreeMap<>(
            Map.of(
                "requests.cpu", "8",
                "requests.memory", "16Gi",
                "limits.memory", "64Gi",
                "pods", "100",
                "secrets", "2000",
                "services", "100",
                "services.nodeports", "0",
                "services.loadbalancers", "0",
                "persistentvolumeclaims", "0")),
        new ContainerResources("100m", "1", "256Mi", "512Mi"),
        Network.DEFAULTS,
        Optional.empty(),
        Optional.empty());
  }
}
