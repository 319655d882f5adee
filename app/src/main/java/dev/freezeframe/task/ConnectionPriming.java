package dev.freezeframe.task;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Loads what the first connection of a function needs. None is opened: one that is older than the
 * snapshot would be dead after it, and credentials from before it may have ended.
 */
final class ConnectionPriming {
  /** Nobody listens there. */
  private static final URI UNREACHABLE = URI.create("https://127.0.0.1:1/");

  private ConnectionPriming() {}

  static void prime() {
    primeTls();
    primeConnection();
    primeCredentials();
  }

  /** The certificates that every connection checks, and the first words of a handshake. */
  private static void primeTls() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 443);
      engine.setUseClientMode(true);
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (GeneralSecurityException | SSLException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }

  private static void primeConnection() {
    SdkHttpRequest request =
        SdkHttpRequest.builder().uri(UNREACHABLE).method(SdkHttpMethod.GET).build();
    try (SdkHttpClient http = AwsDependencies.http()) {
      http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call();
    } catch (IOException refused) {
      // As expected.
    }
  }

  /** The whole chain is made before its first link is asked, which these properties answer. */
  private static void primeCredentials() {
    Map<String, String> nobody =
        Map.of(
            SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), "nobody",
            SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), "nothing");
    Map<String, Optional<String>> before = new TreeMap<>();
    nobody.forEach((key, value) -> before.put(key, Optional.ofNullable(set(key, value))));
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      chain.resolveCredentials();
      // What a link throws that has none; the next is asked then.
      SdkClientException.create("none");
    } finally {
      before.forEach((key, value) -> set(key, value.orElse(null)));
    }
  }

  /**
   * Sets a system property.
   *
   * @param value null: it is to have none
   * @return what it was; null: it had none
   */
  private static String set(String property, String value) {
    return value == null ? System.clearProperty(property) : System.setProperty(property, value);
  }
}
