package dev.freezeframe.lambda;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
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
final class ConnectionSurroundings {
  /** Nobody listens there. */
  private static final URI NOBODY = URI.create("https://127.0.0.1:1/");

  private ConnectionSurroundings() {}

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
    SdkHttpRequest request = SdkHttpRequest.builder().uri(NOBODY).method(SdkHttpMethod.GET).build();
    try (SdkHttpClient http = AwsSurroundings.http()) {
      http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call();
    } catch (IOException refused) {
      // As expected.
    }
  }

  /** The whole chain is made before its first link is asked, which these properties answer. */
  private static void primeCredentials() {
    String id = SdkSystemSetting.AWS_ACCESS_KEY_ID.property();
    String secret = SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property();
    System.setProperty(id, "nobody");
    System.setProperty(secret, "nothing");
    try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
      chain.resolveCredentials();
      // What a link throws that has none; the next is asked then.
      SdkClientException.create("none");
    } finally {
      System.clearProperty(id);
      System.clearProperty(secret);
    }
  }
}
