package dev.freezeframe.operator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes the page: one file with its style, its scripts and its data, which asks the network for
 * nothing. Its content security policy allows exactly this style and these scripts, by their hash.
 */
public final class ReportPage {
  /** In this order: each uses what stands before it. */
  private static final List<String> SCRIPTS =
      List.of(
          "elements.js",
          "words.js",
          "model.js",
          "summary.js",
          "axis.js",
          "lane.js",
          "rows.js",
          "filter.js",
          "details.js",
          "workflow.js",
          "calendar.js",
          "counts.js",
          "restores.js",
          "drills.js",
          "main.js");

  private static final Pattern STYLE = Pattern.compile("<style>.*?</style>\\s*", Pattern.DOTALL);

  private ReportPage() {}

  /** The whole file. */
  public static String write(Report report) {
    String style = resource("report.css");
    String script =
        "'use strict';\n" + SCRIPTS.stream().map(name -> resource(name)).collect(joining("\n"));
    return resource("report.html")
        .replace("{{style-hash}}", hash(style))
        .replace("{{script-hash}}", hash(script))
        .replace("{{style}}", style)
        .replace("{{script}}", script)
        .replace("{{workflow}}", workflow())
        .replace("{{data}}", PageData.of(ReportTruncation.of(report)));
  }

  /** The picture of the state machine, without its style: the page has its own. */
  private static String workflow() {
    return STYLE.matcher(resource("workflow.svg")).replaceFirst("");
  }

  private static String resource(String name) {
    try (InputStream file = ReportPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("expected the resource %s, found none".formatted(name));
      }
      return new String(file.readAllBytes(), UTF_8).replace("\r\n", "\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String hash(String text) {
    String algorithm = "SHA-256";
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
      return algorithm.toLowerCase(Locale.ROOT).replace("-", "")
          + "-"
          + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
