package dev.freezeframe.rehearsal.ec2.image;

import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/** The images by id, and which snapshots they use. */
public final class ImageStore {
  private static final String RESOLVE = "resolve:ssm:";

  private final InstantSource time;
  private final Inventory inventory;
  private final SortedMap<String, Image> images = new TreeMap<>();
  private final PublicImages published = new PublicImages();

  /** The images that were registered a moment ago, and when they are ready. */
  private final Map<String, Instant> readyAt = new HashMap<>();

  /** Those that the instances of a fleet were launched from, and some public ones. */
  public ImageStore(InstantSource time, Inventory inventory) {
    this.time = time;
    this.inventory = inventory;
    published.all().forEach(image -> images.put(image.imageId(), image));
    inventory.instances().stream()
        .filter(instance -> instance.imageId() != null)
        .forEach(
            instance ->
                images.computeIfAbsent(
                    instance.imageId(), id -> FleetImages.of(instance, inventory)));
  }

  void add(Image image, Instant ready) {
    images.put(image.imageId(), image);
    readyAt.put(image.imageId(), ready);
  }

  List<Image> all() {
    return images.keySet().stream().map(this::current).toList();
  }

  /** Has an image like those of Amazon Linux under an id or a parameter that names none. */
  public void assume(String named, ArchitectureValues architecture) {
    boolean parameter = named.startsWith(RESOLVE);
    String name = parameter ? named.substring(RESOLVE.length()) : named;
    if (parameter && published.idOf(name).isEmpty()) {
      Image image = published.add(name, architecture);
      images.put(image.imageId(), image);
    } else if (!parameter && !images.containsKey(name)) {
      images.put(
          name, PublicImages.image(name, architecture).copy(builder -> builder.imageId(name)));
    }
  }

  /** The public parameters that name images. */
  public PublicImages published() {
    return published;
  }

  /**
   * An image that a launch names, also as {@code resolve:ssm:PARAMETER}. Versions and labels of a
   * parameter are not simulated.
   */
  public Image launched(String named) {
    if (!named.startsWith(RESOLVE)) {
      return asked(named);
    }
    String parameter = named.substring(RESOLVE.length());
    return asked(
        published
            .idOf(parameter)
            .orElseThrow(
                () ->
                    Ec2Refusal.of(
                        "SsmInvalidParameter",
                        "The parameter '%s' could not be resolved".formatted(parameter))));
  }

  /** An image that a call names. */
  public Image asked(String id) {
    if (!images.containsKey(id)) {
      throw Ec2Refusal.of(
          "InvalidAMIID.NotFound", "The image id '[%s]' does not exist".formatted(id));
    }
    return current(id);
  }

  /**
   * The images that a call for descriptions names. One that was deregistered is not found, and not
   * refused either, as long as an instance refers to it (EC2 API, DescribeImages).
   */
  List<Image> described(List<String> ids) {
    return ids.stream()
        .distinct()
        .sorted()
        .filter(id -> images.containsKey(id) || !isStillReferredTo(id))
        .map(this::asked)
        .toList();
  }

  private boolean isStillReferredTo(String id) {
    return inventory.instances().stream()
        .filter(instance -> inventory.exists(instance.instanceId()))
        .anyMatch(instance -> id.equals(instance.imageId()));
  }

  private Image current(String id) {
    Image image = images.get(id);
    return time.instant().isBefore(readyAt.getOrDefault(id, Instant.MIN))
        ? image.copy(builder -> builder.state(ImageState.PENDING))
        : image;
  }

  Optional<Image> named(String name) {
    return images.values().stream().filter(image -> name.equals(image.name())).findFirst();
  }

  /** An image is there no more; its snapshots stay. */
  public void remove(String id) {
    images.remove(id);
    readyAt.remove(id);
  }

  /** Someone registers an image on a snapshot by hand, or puts a snapshot more into one. */
  public void useByHand(String snapshotId, String imageId) {
    Image before =
        images.getOrDefault(
            imageId,
            Image.builder()
                .imageId(imageId)
                .ownerId(Account.ID)
                .state(ImageState.AVAILABLE)
                .build());
    List<BlockDeviceMapping> mappings = new ArrayList<>(before.blockDeviceMappings());
    mappings.add(BlockDeviceMapping.builder().ebs(ebs -> ebs.snapshotId(snapshotId)).build());
    images.put(imageId, before.copy(builder -> builder.blockDeviceMappings(mappings)));
  }

  /** Someone disables an image: it uses its snapshots all the same. */
  public void disable(String imageId) {
    change(imageId, image -> image.copy(builder -> builder.state(ImageState.DISABLED)));
  }

  public boolean has(String id) {
    return images.containsKey(id);
  }

  public void change(String id, UnaryOperator<Image> change) {
    images.computeIfPresent(id, (same, image) -> change.apply(image));
  }

  /** An image that uses a snapshot, which cannot be deleted then; empty: none does. */
  public Optional<String> userOf(String snapshotId) {
    return images.values().stream()
        .filter(image -> uses(image, snapshotId))
        .map(Image::imageId)
        .findFirst();
  }

  static boolean uses(Image image, String snapshotId) {
    return image.blockDeviceMappings().stream()
        .anyMatch(
            mapping -> mapping.ebs() != null && snapshotId.equals(mapping.ebs().snapshotId()));
  }
}
