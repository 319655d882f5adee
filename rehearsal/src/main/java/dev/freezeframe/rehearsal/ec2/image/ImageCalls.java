package dev.freezeframe.rehearsal.ec2.image;

import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Paging;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;

/** Answers RegisterImage, DeregisterImage and DescribeImages. */
public final class ImageCalls {
  /** Until an image can be used: undocumented. */
  private static final Duration MIN_READY = Duration.ofSeconds(1);

  private static final Duration MAX_READY = Duration.ofSeconds(20);

  private static final Matching<Used> FILTERS =
      new Matching<>(
          used -> used.image.tags(),
          Map.of(
              "image-id",
              used -> used.image.imageId(),
              "name",
              used -> used.image.name(),
              "state",
              used -> used.image.stateAsString(),
              "block-device-mapping.snapshot-id",
              used -> used.snapshot.orElse(null)));

  private final VirtualTime time;
  private final Seed seed;
  private final ImageStore images;
  private final ImageOrders orders;
  private int made;

  public ImageCalls(VirtualTime time, Seed seed, ImageStore images, ImageOrders orders) {
    this.time = time;
    this.seed = seed;
    this.images = images;
    this.orders = orders;
  }

  public RegisterImageResponse register(RegisterImageRequest request) {
    Image.Builder ordered = orders.of(request);
    images
        .named(request.name())
        .ifPresent(
            known -> {
              throw Ec2Refusal.of(
                  "InvalidAMIName.Duplicate",
                  "AMI name %s is already in use by AMI %s"
                      .formatted(request.name(), known.imageId()));
            });
    made++;
    String id = "ami-0" + seed.hex("image/" + made, 16);
    images.add(
        ordered.imageId(id).creationDate(time.instant().toString()).build(),
        time.instant().plus(seed.between("readiness of " + id, MIN_READY, MAX_READY)));
    return RegisterImageResponse.builder().imageId(id).build();
  }

  public DeregisterImageResponse deregister(DeregisterImageRequest request) {
    images.remove(images.asked(request.imageId()).imageId());
    return DeregisterImageResponse.builder().returnValue(true).build();
  }

  /** Disabled ones are left out, as EC2 does, unless they are asked for. */
  public DescribeImagesResponse describe(DescribeImagesRequest request) {
    Paging.check(request.maxResults(), request.imageIds());
    if (request.imageIds().isEmpty()) {
      Ec2Refusal.unlessOwn("Owners", request.owners());
    }
    Predicate<Used> matches = FILTERS.of(request.filters());
    List<Image> found =
        request.imageIds().isEmpty() ? images.all() : images.described(request.imageIds());
    Page<Image> page =
        Paging.of(
            found.stream()
                .filter(image -> isOfOwner(image, request.owners()))
                .filter(
                    image ->
                        Boolean.TRUE.equals(request.includeDisabled())
                            || image.state() != ImageState.DISABLED)
                .filter(image -> Used.all(image).anyMatch(matches))
                .toList(),
            Image::imageId,
            request.maxResults(),
            request.nextToken());
    return DescribeImagesResponse.builder().images(page.items()).nextToken(page.next()).build();
  }

  private static boolean isOfOwner(Image image, List<String> owners) {
    return owners.isEmpty()
        || image.ownerId() == null
        || owners.contains(image.ownerId())
        || (owners.contains("self") && image.ownerId().equals(Account.ID));
  }

  /** An image with one of the snapshots that it uses, or with none. */
  private record Used(Image image, Optional<String> snapshot) {
    static Stream<Used> all(Image image) {
      return image.blockDeviceMappings().isEmpty()
          ? Stream.of(new Used(image, Optional.empty()))
          : image.blockDeviceMappings().stream()
              .map(
                  mapping ->
                      new Used(
                          image, Optional.ofNullable(mapping.ebs()).map(ebs -> ebs.snapshotId())));
    }
  }
}
