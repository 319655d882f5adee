package dev.freezeframe.task;

import com.sun.net.httpserver.HttpExchange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of AWS, as it arrives at an endpoint.
 *
 * @param caller what the client calls its application, which is told by {@code sdk.ua.appId}
 * @param endpoint where it came
 * @param region that it is signed for
 * @param service that it is signed for, such as {@code ec2}
 */
record SignedCall(String caller, String endpoint, String region, String service) {
  private static final Pattern CALLER = Pattern.compile(" app/(\\w+)");

  /** An access key, a day, and what these are. */
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/aws4_request");

  static SignedCall of(HttpExchange exchange, String endpoint) {
    Matcher scope = SCOPE.matcher(header(exchange, "Authorization"));
    Matcher caller = CALLER.matcher(header(exchange, "User-Agent"));
    boolean signed = scope.find();
    return new SignedCall(
        caller.find() ? caller.group(1) : "nobody",
        endpoint,
        signed ? scope.group(1) : "unsigned",
        signed ? scope.group(2) : "unsigned");
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
