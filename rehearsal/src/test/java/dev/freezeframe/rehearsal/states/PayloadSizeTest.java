package dev.freezeframe.rehearsal.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSizeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "-17",
        "1.5",
        "12345678901234",
        "\"\"",
        "\"a \\\"quoted\\\" \\\\ text\\n\\u0001\\u001f\"",
        "\"Grüße, 東京, 😀\"",
        "{\"a\":1,\"b\":[1,2,{\"ü\":\"x\"}],\"c\":{\"d\":null},\"e\":[[],[false]]}"
      })
  void isThatOfTheTextInUtf8(String json) {
    assertThat(PayloadSize.of(Json.read(json)))
        .isEqualTo(Json.read(json).toString().getBytes(StandardCharsets.UTF_8).length);
  }
}
