using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dialogue.Storage;

/// <summary>How a choice lies in a column: as its word, so that the order of an enum may change and a person can read the table.</summary>
internal static class WordColumns
{
    /// <param name="property">A property that holds a choice.</param>
    /// <param name="length">Characters; a test looks whether the longest word fits.</param>
    public static PropertyBuilder<T> AsWord<T>(this PropertyBuilder<T> property, int length)
        where T : struct, Enum =>
        property.HasConversion(choice => choice.Word(), word => Choices.Read<T>(word)!.Value).HasMaxLength(length);

    public static PropertyBuilder<T?> AsWord<T>(this PropertyBuilder<T?> property, int length)
        where T : struct, Enum =>
        property.HasConversion(choice => choice!.Value.Word(), word => Choices.Read<T>(word)!.Value).HasMaxLength(length);
}
