package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumeSelectionJsonTest {
  private static final VolumeId VOLUME = new VolumeId("vol-0123456789abcdef0");

  @Test
  void devicesStandByTheIdOfTheirVolume() throws JsonProcessingException {
    VolumeSelection selection =
        new VolumeSelection(
            List.of(VOLUME),
            true,
            List.of(),
            List.of(),
            Optional.of(Map.of(VOLUME, "/dev/sdf")),
            Optional.empty(),
            Optional.of(VOLUME),
            Optional.of(Map.of(VOLUME, List.of(new InstanceId("i-0123456789abcdef0")))));

    String json = Json.mapper().writeValueAsString(selection);

    assertThat(json).contains("\"devices\":{\"vol-0123456789abcdef0\":\"/dev/sdf\"}");
    assertThat(Json.mapper().readValue(json, VolumeSelection.class)).isEqualTo(selection);
  }

  @Test
  void anExecutionThatBeganBeforeDevicesWereAskedForGoesOn() throws JsonProcessingException {
    String json =
        """
        {"included": ["vol-0123456789abcdef0"], "excludeBoot": true, "excludeData": [], "reasons": []}""";

    VolumeSelection read = Json.mapper().readValue(json, VolumeSelection.class);
    assertThat(read.devices()).isEmpty();
    assertThat(read.tooManyTags()).isEmpty();
    assertThat(read.boot()).isEmpty();
    assertThat(read.elsewhere()).isEmpty();
  }
}
