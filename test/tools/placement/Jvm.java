import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.KetamaNodeKeyFormatter;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;

/**
 * The program side of lineProgram.ts. Cases: `spymemcached <hash> <SPYMEMCACHED|LIBMEMCACHED>`,
 * `guava-bucket <function> <buckets>`, `guava-hash <function>` and `guava-long <buckets>`, whose
 * keys are decimal longs.
 */
class Jvm {
  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    var out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    List<byte[]> keys = new ArrayList<>();
    List<String[]> servers = new ArrayList<>();
    String[] settings = {};
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "key" -> keys.add(HexFormat.of().parseHex(words.length > 1 ? words[1] : ""));
        case "server" -> servers.add(words);
        case "case" -> {
          settings = words;
          servers.clear();
        }
        case "run" -> {
          Function<byte[], Object> answer = program(settings, servers);
          var row = new StringBuilder();
          for (byte[] key : keys) row.append(answer.apply(key)).append(' ');
          out.println(row);
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    out.flush();
  }

  static Function<byte[], Object> program(String[] settings, List<String[]> servers)
      throws Exception {
    return switch (settings[1]) {
      case "spymemcached" -> spymemcached(settings[2], settings[3], servers);
      case "guava-hash" -> key -> number(settings[2], key);
      case "guava-long" -> {
        int buckets = Integer.parseInt(settings[2]);
        yield key -> Hashing.consistentHash(Long.parseLong(text(key)), buckets);
      }
      case "guava-bucket" -> {
        int buckets = Integer.parseInt(settings[3]);
        yield key -> Hashing.consistentHash(hash(settings[2], key), buckets);
      }
      default -> throw new IllegalArgumentException(settings[1]);
    };
  }

  static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  static Object number(String function, byte[] key) {
    HashCode code = hash(function, key);
    return code.bits() >= 64 ? code.asLong() : code.asInt();
  }

  static HashCode hash(String function, byte[] key) {
    return switch (function) {
      case "murmur3_32" -> Hashing.murmur3_32_fixed().hashBytes(key);
      case "murmur3_128" -> Hashing.murmur3_128().hashBytes(key);
      case "sip24" -> Hashing.sipHash24().hashBytes(key);
      case "farm64" -> Hashing.farmHashFingerprint64().hashBytes(key);
      case "md5" -> Hashing.md5().hashBytes(key);
      case "sha1" -> Hashing.sha1().hashBytes(key);
      case "sha256" -> Hashing.sha256().hashBytes(key);
      case "crc32" -> Hashing.crc32().hashBytes(key);
      case "crc32c" -> Hashing.crc32c().hashBytes(key);
      default -> throw new IllegalArgumentException(function);
    };
  }

  static Function<byte[], Object> spymemcached(String hash, String format, List<String[]> servers)
      throws Exception {
    List<MemcachedNode> nodes = new ArrayList<>();
    Map<SocketAddress, Integer> indexes = new HashMap<>();
    Map<InetSocketAddress, Integer> weights = new HashMap<>();
    boolean isWeighted = false;
    for (String[] server : servers) {
      InetSocketAddress address = address(server[2], Integer.parseInt(server[3]), format);
      indexes.put(address, indexes.size());
      nodes.add(node(address));
      weights.put(address, Integer.parseInt(server[4]));
      isWeighted |= !server[4].equals("1");
    }
    if (!isWeighted) weights.clear();
    var locator =
        new KetamaNodeLocator(
            nodes,
            DefaultHashAlgorithm.valueOf(hash),
            KetamaNodeKeyFormatter.Format.valueOf(format),
            weights);
    return key -> indexes.get(locator.getPrimary(text(key)).getSocketAddress());
  }

  /**
   * Resolved without asking anybody: `name/1.2.3.4` has a name; `1.2.3.4` has none, or itself where
   * a name is wanted.
   */
  static InetSocketAddress address(String host, int port, String format) throws Exception {
    int slash = host.indexOf('/');
    String[] numbers = host.substring(slash + 1).split("\\.");
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(numbers[i]);
    String name = slash >= 0 ? host.substring(0, slash) : host;
    boolean isNamed = slash >= 0 || format.equals("LIBMEMCACHED");
    InetAddress address =
        isNamed ? InetAddress.getByAddress(name, bytes) : InetAddress.getByAddress(bytes);
    return new InetSocketAddress(address, port);
  }

  static MemcachedNode node(SocketAddress address) {
    Class<?>[] interfaces = {MemcachedNode.class};
    return (MemcachedNode)
        Proxy.newProxyInstance(
            Jvm.class.getClassLoader(),
            interfaces,
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getSocketAddress" -> address;
                  case "isActive" -> true;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == args[0];
                  default -> String.valueOf(address);
                });
  }
}
