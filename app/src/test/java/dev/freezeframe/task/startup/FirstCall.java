package dev.freezeframe.task.startup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An endpoint of every service of AWS, which tells what it is asked for, and refuses it. */
final class FirstCall implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private final HttpServer server;

  /**
   * Opens the endpoint on a port of this machine.
   *
   * @param told gets the action of each call, such as {@code SendCommand}, before it is answered
   */
  FirstCall(Consumer<String> told) {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
    server.createContext("/", exchange -> refuse(exchange, told));
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private static void refuse(HttpExchange exchange, Consumer<String> told) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      told.accept(action(exchange.getRequestHeaders().getFirst("X-Amz-Target"), body));
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(400, -1);
    }
  }

  /** JSON services name the action in a header, EC2 in the form. */
  private static String action(String target, String body) {
    if (target != null) {
      return target.substring(target.indexOf('.') + 1);
    }
    Matcher action = ACTION.matcher(body);
    return action.find() ? action.group(1) : "an unknown action";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
