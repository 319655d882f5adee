package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Paging;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.InitializationStatusDetails;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeStatusDetails;
import software.amazon.awssdk.services.ec2.model.VolumeStatusInfoStatus;
import software.amazon.awssdk.services.ec2.model.VolumeStatusItem;

/** Answers DescribeVolumeStatus: no volume here is impaired, and it tells of initialization. */
public final class VolumeStatuses {
  private static final Matching<Volume> FILTERS =
      new Matching<>(
          volume -> List.of(), Map.of("availability-zone", volume -> volume.availabilityZone()));

  private final Inventory inventory;
  private final Initializations initializations;

  public VolumeStatuses(Inventory inventory, Initializations initializations) {
    this.inventory = inventory;
    this.initializations = initializations;
  }

  public DescribeVolumeStatusResponse describe(DescribeVolumeStatusRequest request) {
    Paging.check(request.maxResults(), request.volumeIds());
    List<Volume> found =
        request.volumeIds().isEmpty()
            ? inventory.volumes()
            : request.volumeIds().stream().sorted().map(inventory::volume).toList();
    Page<Volume> page =
        Paging.of(
            found.stream()
                .map(inventory::described)
                .flatMap(Optional::stream)
                .filter(FILTERS.of(request.filters()))
                .toList(),
            Volume::volumeId,
            request.maxResults(),
            request.nextToken());
    return DescribeVolumeStatusResponse.builder()
        .volumeStatuses(page.items().stream().map(this::item).toList())
        .nextToken(page.next())
        .build();
  }

  private VolumeStatusItem item(Volume volume) {
    Optional<InitializationStatusDetails> loading = initializations.told(volume.volumeId());
    return VolumeStatusItem.builder()
        .volumeId(volume.volumeId())
        .availabilityZone(volume.availabilityZone())
        .volumeStatus(
            status ->
                status
                    .status(VolumeStatusInfoStatus.OK)
                    .details(
                        detail("io-enabled", "passed"),
                        detail("io-performance", "not-applicable"),
                        detail(
                            "initialization-state",
                            loading.map(InitializationStatusDetails::progress).orElse(100L) == 100
                                ? "completed"
                                : "initializing")))
        .initializationStatusDetails(loading.orElse(null))
        .build();
  }

  private static VolumeStatusDetails detail(String name, String status) {
    return VolumeStatusDetails.builder().name(name).status(status).build();
  }
}
