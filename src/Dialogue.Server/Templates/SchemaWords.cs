using NJsonSchema.Validation;

namespace Dialogue.Templates;

/// <summary>Says what a schema found in words for whoever writes the file.</summary>
internal static class SchemaWords
{
    /// <summary>The errors themselves, where the schema reports a whole item or object as wrong.</summary>
    public static IEnumerable<ValidationError> Deepest(IEnumerable<ValidationError> errors) =>
        errors.SelectMany(error =>
            error is ChildSchemaValidationError { Errors: { Count: > 0 } inner }
            && inner.Values.SelectMany(one => one).ToList() is { Count: > 0 } causes
                ? Deepest(causes)
                : [error]
        );

    public static TemplateProblem Say(ValidationError error, YamlDocument document)
    {
        var path = (error.Path ?? "").TrimStart('#', '/');
        var where = path.Length == 0 ? "the file" : $"'{path}'";
        var schema = error.Schema;
        var reason = error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"'{error.Property}' is missing",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"'{error.Property}' is not a known field here",
            ValidationErrorKind.NotInEnumeration => $"{where} must be one of: {string.Join(", ", schema.ActualSchema.Enumeration)}",
            ValidationErrorKind.StringTooLong => $"{where} is longer than {schema.ActualSchema.MaxLength} characters",
            ValidationErrorKind.StringTooShort => $"{where} is empty",
            ValidationErrorKind.NumberTooBig => $"{where} is more than {schema.ActualSchema.Maximum}",
            ValidationErrorKind.NumberTooSmall => $"{where} is less than {schema.ActualSchema.Minimum}",
            ValidationErrorKind.TooFewItems => $"{where} needs at least {schema.ActualSchema.MinItems}",
            ValidationErrorKind.TooManyItems => $"{where} has more than {schema.ActualSchema.MaxItems}",
            ValidationErrorKind.ItemsNotUnique => $"{where} names something twice",
            ValidationErrorKind.PatternMismatch => $"{where} must be small letters, digits and hyphens, 2 to 40",
            ValidationErrorKind.StringExpected => $"{where} must be text",
            ValidationErrorKind.IntegerExpected or ValidationErrorKind.NumberExpected => $"{where} must be a whole number",
            ValidationErrorKind.BooleanExpected => $"{where} must be true or false",
            ValidationErrorKind.ArrayExpected => $"{where} must be a list",
            ValidationErrorKind.ObjectExpected => $"{where} must have fields of its own",
            _ => $"{where}: {error.Kind}",
        };
        return new TemplateProblem(document.LineOf(path), reason);
    }
}
