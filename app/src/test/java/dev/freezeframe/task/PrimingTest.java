package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;

class PrimingTest {

  @Test
  void everyClientIsPrimedByCallsThatReachNobody() {
    assertThatCode(
            () -> {
              SnapStartPriming priming = new SnapStartPriming();
              priming.primeJson();
              priming.primeEc2();
              priming.primeSsm();
              priming.primeDynamoDb();
              priming.primeScripts();
              ConnectionPriming.prime();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void credentialsThatStandInPropertiesAreThereAfterIt() {
    String id = SdkSystemSetting.AWS_ACCESS_KEY_ID.property();
    String secret = SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property();
    System.setProperty(id, "somebody");
    try {
      ConnectionPriming.prime();

      assertThat(System.getProperty(id)).isEqualTo("somebody");
      assertThat(System.getProperty(secret)).isNull();
    } finally {
      System.clearProperty(id);
    }
  }

  @Test
  void aFunctionThatIsOnlyWokenDoesNothing() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    JsonTask<String, String> task =
        new JsonTask<>(String.class) {
          @Override
          protected String handle(String input) {
            throw new IllegalStateException("expected to be left alone, was given " + input);
          }
        };

    task.handleRequest(
        new ByteArrayInputStream("{\"wake\":true}".getBytes(StandardCharsets.UTF_8)), answer, null);

    assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo("{\"wake\":true}");
  }
}
