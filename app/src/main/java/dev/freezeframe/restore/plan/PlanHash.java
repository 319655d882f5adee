package dev.freezeframe.restore.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freezeframe.common.Json;
import dev.freezeframe.restore.RestorePlan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a plan: 16 hexadecimal digits of the SHA-256 of its JSON, in which fields and keys
 * stand in the order of their names.
 */
public final class PlanHash {
  private static final int DIGITS = 16;

  private static final ObjectWriter CANONICAL =
      Json.mapper()
          .rebuild()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer();

  private PlanHash() {}

  /** The hash of a plan. */
  public static String of(RestorePlan plan) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(CANONICAL.writeValueAsString(plan).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("plan of a restore: expected JSON", impossible);
    }
  }
}
