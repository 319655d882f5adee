package dev.freezeframe.rehearsal.fleet;

import dev.freezeframe.rehearsal.cloud.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A dozen instances, each with another fate; read from files like any other fleet. */
public final class ExampleFleet {
  private static final String INSTANCES = "example-fleet.json";
  private static final String VOLUMES = "example-volumes.json";

  /** The file of the faults that go with it, for the reader of faults. */
  public static final String FAULTS = "example-faults.yaml";

  private ExampleFleet() {}

  /** The instances and their volumes. */
  public static Fleet read(Seed seed) {
    return new FleetReader(seed).read(INSTANCES, text(INSTANCES), VOLUMES, text(VOLUMES));
  }

  /** The text of one of the example's files. */
  public static String text(String file) {
    try (InputStream in = ExampleFleet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("expected the file %s beside the classes".formatted(file));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
