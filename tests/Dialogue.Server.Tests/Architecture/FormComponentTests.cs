using System.Text.RegularExpressions;

namespace Dialogue.Architecture;

/// <summary>Row E: text is safe in every form because there is one form component, and no page makes a form of its own.</summary>
[Trait("Finding", "E")]
public sealed partial class FormComponentTests
{
    /// <summary>Forms without text of anybody, and why they may be plain.</summary>
    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["Look/Forms/Form.razor"] = "the component itself",
        ["Organisations/Settings/LogoForm.razor"] = "a picture as a file, and no text",
        ["Look/MainLayout.razor"] = "signing out: one button",
        ["Look/AccountMenu.razor"] = "signing out: one button",
        ["Look/Done.razor"] = "taking back: one button",
        ["Access/SignInPage.razor"] = "the demonstration: signing in with one button",
    };

    private static readonly string Root = Repository.PathOf("src", "Dialogue.Server");

    private static IEnumerable<string> PlainForms(IEnumerable<(string File, string Text)> pages) =>
        pages.Where(page => !Plain.ContainsKey(page.File) && PostingForm().IsMatch(page.Text)).Select(page => page.File);

    [Fact]
    public void Every_page_uses_the_form_component()
    {
        var pages = Directory
            .EnumerateFiles(Root, "*.razor", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file)))
            .ToArray();
        pages.Count(page => page.Item2.Contains("<Form Name=", StringComparison.Ordinal)).ShouldBeGreaterThan(7);
        PlainForms(pages).ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_a_form_of_its_own()
    {
        PlainForms([("X.razor", "<form class=\"stack\" method=\"post\">")]).ShouldBe(["X.razor"]);
        PlainForms([("X.razor", "<form @formname=\"x\">")]).ShouldBe(["X.razor"]);
        PlainForms([("X.razor", "<form method=\"get\">"), ("Y.razor", "<form id=\"f\" method=\"dialog\">")]).ShouldBeEmpty();
    }

    [GeneratedRegex("<form\\b[^>]*(method=\"post\"|@formname)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PostingForm();
}
