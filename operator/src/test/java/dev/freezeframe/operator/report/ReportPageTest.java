package dev.freezeframe.operator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private final String page = ReportPage.write(Reports.of(3));

  @Test
  void whatAGuestSaidStaysTextInsideTheData() throws IOException {
    String data = between("<script type=\"application/json\" id=\"data\">", "</script>");

    assertThat(data).doesNotContain("<", ">", "&");
    assertThat(new ObjectMapper().readTree(data).path("notes").get(0).asText())
        .isEqualTo(Reports.HOSTILE);
    assertThat(page).doesNotContain("<img", "\u001b", "href=\"javascript");
  }

  @Test
  void thePolicyAllowsExactlyTheStyleAndTheScriptThatAreThere() throws GeneralSecurityException {
    String policy = between("<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");

    assertThat(policy)
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe", "http:", "https:")
        .contains("style-src '%s'".formatted(hash(between("<style>", "</style>"))))
        .contains(
            "script-src '%s'".formatted(hash(between("<script type=\"module\">", "</script>"))));
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);

    assertThat(links.results().map(link -> link.group(1))).allMatch(link -> link.startsWith("#"));
    assertThat(page)
        .doesNotContain("@import", "innerHTML", "{{data}}", "{{style}}", "{{workflow}}");
  }

  @Test
  void thePageKnowsTheNamesOfItsInstances() throws IOException {
    Report named = Reports.of(3).named(Map.of("i-00000000000000001", "orders-db"));

    assertThat(new ObjectMapper().readTree(PageData.of(named)).path("names"))
        .hasToString("{\"i-00000000000000001\":\"orders-db\"}");
  }

  private String between(String start, String end) {
    int from = page.indexOf(start) + start.length();
    assertThat(from).isGreaterThanOrEqualTo(start.length());
    return page.substring(from, page.indexOf(end, from));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
