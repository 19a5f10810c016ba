package dev.stravinsky.chaos.toxiproxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** All proxies by their names. */
final class ProxyTable {
  private final Map<String, TcpProxy> proxies = new TreeMap<>();
  private final RandomGenerator random;

  ProxyTable(RandomGenerator random) {
    this.random = random;
  }

  synchronized Collection<TcpProxy> all() {
    return List.copyOf(proxies.values());
  }

  synchronized TcpProxy get(String name) throws ApiException {
    TcpProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw ApiException.noSuchProxy();
    }
    return proxy;
  }

  /** A new one as it is described, which listens unless it says otherwise. */
  synchronized TcpProxy create(JsonNode described) throws ApiException {
    TcpProxy proxy = described(described, "");
    if (proxies.containsKey(proxy.name())) {
      throw ApiException.proxyExists();
    }
    return add(proxy, described);
  }

  /**
   * Those described, in their order. One that is there already stays if it has the same addresses,
   * and is replaced otherwise.
   *
   * @param done takes each that is there, also where a later one cannot be made
   */
  synchronized void populate(JsonNode list, List<TcpProxy> done) throws ApiException {
    if (!list.isArray()) {
      throw ApiException.badBody("not a list");
    }
    List<TcpProxy> wanted = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      wanted.add(described(list.get(i), " at proxy " + (i + 1)));
    }
    for (int i = 0; i < wanted.size(); i++) {
      TcpProxy next = wanted.get(i);
      TcpProxy before = proxies.get(next.name());
      if (before != null && isSame(before, next)) {
        before.update(before.listen(), before.upstream(), isEnabled(list.get(i)));
        done.add(before);
        continue;
      }
      if (before != null) {
        remove(next.name());
      }
      done.add(add(next, list.get(i)));
    }
  }

  private static boolean isSame(TcpProxy one, TcpProxy other) {
    return one.upstream().equals(other.upstream()) && one.listen().equals(other.listen());
  }

  private TcpProxy described(JsonNode node, String where) throws ApiException {
    if (!node.isObject()) {
      throw ApiException.badBody("not an object" + where);
    }
    String name = Documents.text(node, "name", "");
    String upstream = Documents.text(node, "upstream", "");
    if (name.isEmpty()) {
      throw ApiException.missingField("name" + where);
    }
    if (upstream.isEmpty()) {
      throw ApiException.missingField("upstream" + where);
    }
    return new TcpProxy(name, Documents.text(node, "listen", ""), upstream, random);
  }

  private static boolean isEnabled(JsonNode described) throws ApiException {
    return Documents.truth(described, "enabled", true);
  }

  private TcpProxy add(TcpProxy proxy, JsonNode described) throws ApiException {
    if (isEnabled(described)) {
      proxy.start();
    }
    proxies.put(proxy.name(), proxy);
    return proxy;
  }

  synchronized void remove(String name) throws ApiException {
    get(name).stop();
    proxies.remove(name);
  }

  /** All listen again, and no toxic is left. */
  synchronized void reset() throws ApiException {
    for (TcpProxy proxy : proxies.values()) {
      proxy.start();
      proxy.toxics().clear();
    }
  }

  synchronized void close() {
    proxies.values().forEach(TcpProxy::stop);
    proxies.clear();
  }
}
