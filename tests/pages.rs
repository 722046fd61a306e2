//! The error page. What a checker of HTML, a browser and an accessibility audit say of it is asked by `.ci/pages`, of
//! the pages that a test here leaves in a folder.

use crate::catalogs::built::onboarding;
use crate::phrases::own::shop;
use crate::samples::{self, Sample};
use base64::Engine as _;
use lift_errors::{
    Audience, Brand, FieldError, FieldErrors, Format, LiftError, Locale, Page, RequestId, StatusProblem, lift,
};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

const LOGO: &str = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%208%208'%3E%3Cpath%20d='M0%202l4-2%204%202v4L4%208%200%206z'%20fill='%23287'/%3E%3C/svg%3E";

const BRAND: Brand<'static> = Brand::new("OpenBoxes Lift")
    .with_logo(LOGO)
    .with_hue(170)
    .with_home("/")
    .with_login("/auth/login")
    .with_support("support@openboxes.cloud")
    .with_status_page("https://status.openboxes.cloud");

/// A brand that replaces every part of the template.
const REPLACED: Brand<'static> = BRAND
    .with_header(&[("en", "<p><strong>Warehouse</strong> <a href=\"/stock\">Stock</a></p>")])
    .with_section(&[
        ("en", "<section>\n<h2>Opening hours</h2>\n<p>Monday to Friday, 08:00–17:00.</p>\n</section>\n"),
        ("de", "<section>\n<h2>Öffnungszeiten</h2>\n<p>Montag bis Freitag, 08:00–17:00.</p>\n</section>\n"),
    ])
    .with_footer(&[("en", "<p><a href=\"/imprint\">Imprint</a></p>\n")])
    .with_style(
        ":root{--accent:#0b5394;--soft:#eef3f8}@media(prefers-color-scheme:dark){:root{--accent:#9fc5f8;--soft:#1b2733}}\
         h1{font-weight:400}main{max-width:52rem}",
    );

fn page(sample: &Sample, locale: Locale) -> String {
    branded(sample, locale, &BRAND)
}

fn branded(sample: &Sample, locale: Locale, brand: &Brand<'_>) -> String {
    let page = Page::new(sample.problem().with_locale(locale), brand)
        .with_time(Duration::from_secs(1_795_382_047))
        .with_method("GET")
        .with_host("acme.openboxes.cloud")
        .with_path("/orders/PO-2031/approval?a=1&b=\"<2>\"");
    page.display().to_string()
}

/// A page in a language that the canonical catalogue lacks.
fn polish_page() -> String {
    let busy = onboarding::Error::onb_import_busy(2, 1_000, -5, Duration::from_secs(90));
    let problem = busy.problem().with_locale("pl".parse().unwrap());
    Page::new(problem, &BRAND).with_method("GET").display().to_string()
}

/// Where the pages are left: `.ci/pages` names the folder.
fn folder() -> PathBuf {
    env::var_os("LIFT_ERRORS_PAGES")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages"), Into::into)
}

#[test]
fn pages_are_left_for_their_judges() {
    let folder = folder();
    fs::create_dir_all(folder.join("every")).unwrap();
    let write_with = |name: &str, html: &str, policy: &str| {
        fs::write(folder.join(format!("{name}.html")), html).unwrap();
        fs::write(folder.join(format!("{name}.csp")), policy).unwrap();
    };
    let write = |name: &str, html: &str| write_with(name, html, Page::CONTENT_SECURITY_POLICY);
    for sample in samples::all() {
        write(&sample.name, &page(&sample, Locale::EN));
    }
    let told = ["too_many_requests", "forbidden.with_role", "validation_failed.with_fields", "service_unavailable"];
    for sample in samples::all().iter().filter(|sample| told.contains(&sample.name.as_str())) {
        for locale in lift::CATALOG.locales() {
            write(&format!("{}.{locale}", sample.name), &page(sample, locale));
        }
        let policy = REPLACED.content_security_policy().to_string();
        for locale in ["en", "de", "ar"].map(|tag| tag.parse().unwrap()) {
            write_with(&format!("{}.replaced.{locale}", sample.name), &branded(sample, locale, &REPLACED), &policy);
        }
    }
    // Pages that are judged briefly: those of every entry in every language, and for the readers that seldom see a page.
    for sample in samples::all() {
        for locale in lift::CATALOG.locales() {
            write(&format!("every/{}.{locale}", sample.name), &page(&sample, locale));
        }
        for audience in [Audience::Api, Audience::Operator] {
            let problem = sample.problem().with_audience(audience);
            write(&format!("every/{}.for_{audience}", sample.name), &Page::new(problem, &BRAND).display().to_string());
        }
    }
    write("busy_in_polish", &polish_page());
    write("unbranded", &lift::Error::not_found().problem().display(Format::Html).to_string());
    let bare = StatusProblem::new(418).unwrap().with_request_id(RequestId::try_from("6f1c4a3e-8f0b").unwrap());
    write("blank", &StatusProblem::new(418).unwrap().display(Format::Html).to_string());
    write("blank.with_id", &bare.display(Format::Html).to_string());
    for locale in lift::CATALOG.locales() {
        write(
            &format!("blank.branded.{locale}"),
            &bare.with_brand(&BRAND).with_locale(locale).display(Format::Html).to_string(),
        );
    }
    let replaced = bare.with_brand(&REPLACED).display(Format::Html).to_string();
    write_with("blank.replaced", &replaced, &REPLACED.content_security_policy().to_string());
}

#[test]
fn a_page_is_small_and_loads_nothing() {
    for sample in samples::all() {
        for locale in lift::CATALOG.locales() {
            let html = page(&sample, locale);
            assert!(html.len() < 20_000, "{} in {locale}: {} bytes", sample.name, html.len());
            // An image in the page itself, and links that somebody has to follow.
            for (place, _) in html.match_indices("src=\"") {
                assert!(html[place..].starts_with("src=\"data:image/"), "{}", sample.name);
            }
            for loading in ["@import", "url(", "<link", "<iframe", "<object", "<form", " style=\"", " onclick"] {
                assert!(!html.contains(loading), "{loading} in {} in {locale}", sample.name);
            }
        }
    }
}

/// The Content-Security-Policy allows the style and the script that are in the page, by their hashes.
#[test]
fn the_policy_has_the_hashes_of_style_and_script() {
    let html = page(&samples::all()[0], Locale::EN);
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let (_, rest) = html.split_once(&format!("<{element}>")).unwrap();
        let (content, rest) = rest.split_once(&format!("</{element}>")).unwrap();
        assert!(!rest.contains(&format!("<{element}")), "a second {element}");
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(content));
        let allowed = format!("{directive} 'sha256-{hash}'");
        assert!(Page::CONTENT_SECURITY_POLICY.contains(&allowed), "write {allowed} into render/html.rs");
    }
    let mut found = None;
    lift::Error::not_found().problem().headers(Format::Html, |name, value| {
        if name == "content-security-policy" {
            found = Some(value.to_owned());
        }
    });
    assert_eq!(found.as_deref(), Some(Page::CONTENT_SECURITY_POLICY));
}

#[test]
fn a_page_says_what_helps_in_the_reader_s_language() {
    let sample = samples::all().into_iter().find(|sample| sample.name == "forbidden.with_role").unwrap();
    let html = page(&sample, "ar".parse().unwrap());
    for part in [
        "<html lang=\"ar\" dir=\"rtl\" class=\"h17\">",
        "<title>الوصول محظور · OpenBoxes Lift</title>",
        "<bdi>Manager</bdi>",
        "<h2>الأسباب المحتملة</h2>",
        "<a href=\"mailto:support@openboxes.cloud?subject=LIFT-0403%206f1c4a3e",
        "<a href=\"/\"><img",
        ">العودة إلى <bdi>OpenBoxes Lift</bdi></a>",
        "data-done=\"تم النسخ\"",
        "acme.openboxes.cloud/orders/PO-2031/approval?a=1&amp;b=&quot;&lt;2&gt;&quot;",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("<2>") && !html.contains("JavaScript"));
}

#[test]
fn an_email_to_support_has_the_colon_of_its_language() {
    let sample = samples::all().into_iter().find(|sample| sample.name == "forbidden").unwrap();
    let bare = StatusProblem::new(418).unwrap().with_request_id(RequestId::try_from("6f1c4a3e").unwrap());
    for (tag, colon) in [("en", "%3A%20"), ("fr", "%C2%A0%3A%20"), ("zh-Hans", "%EF%BC%9A")] {
        let locale = tag.parse().unwrap();
        let status = bare.with_brand(&BRAND).with_locale(locale).display(Format::Html).to_string();
        for html in [page(&sample, locale), status] {
            assert!(html.contains(&format!("{colon}6f1c4a3e")), "{tag}\n{html}");
        }
    }
}

/// A status without an entry has the brand, the way back, and the details for support, as any other error has them.
#[test]
fn a_status_without_an_entry_has_the_brand() {
    let bare = StatusProblem::new(418).unwrap().with_request_id(RequestId::try_from("6f1c4a3e").unwrap());
    let html = bare.with_brand(&BRAND).with_locale("de".parse().unwrap()).display(Format::Html).to_string();
    for part in [
        "<html lang=\"de\" dir=\"ltr\" class=\"h17\">",
        "<header><a href=\"/\"><img src=\"data:image/",
        "<a href=\"/\">Zurück zu <bdi>OpenBoxes Lift</bdi></a>",
        "<a href=\"mailto:support@openboxes.cloud?subject=HTTP%20418%206f1c4a3e&amp;body=",
        "<a href=\"https://status.openboxes.cloud\">",
        "<code>6f1c4a3e</code>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    let html = bare.with_brand(&REPLACED).display(Format::Html).to_string();
    for part in [
        "<a href=\"/stock\">Stock</a>",
        "<h2>Opening hours</h2>",
        "<a href=\"/imprint\">",
        "main{max-width:52rem}</style>",
        // These outweigh the brand's colours, which come later.
        "@media(forced-colors:active){:root:root{--bg:Canvas;",
        "@media print{:root:root{--bg:#fff;",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    // Without a brand there is nothing to show but the status.
    let html = StatusProblem::new(418).unwrap().display(Format::Html).to_string();
    assert!(!html.contains("<header>") && !html.contains("<section") && !html.contains("<footer>"));
}

/// A label, a field error or a term of another catalogue, which lacks the page's language, has the mark of its own language,
/// and the countdown goes on in it.
#[test]
fn what_is_in_another_language_is_marked() {
    let polish = polish_page();
    for part in [
        "<html lang=\"pl\" dir=\"ltr\"",
        "<p role=\"status\" id=\"wait\" lang=\"en\" dir=\"ltr\" data-seconds=\"90\" data-now=\"You can try again now.\">You can try \
         again in <bdi role=\"timer\">1 minute 30 seconds</bdi>.</p>",
        "<h2><span lang=\"en\" dir=\"ltr\">Likely cause",
        "<h2 id=\"support\"><span lang=\"en\" dir=\"ltr\">",
        "<th scope=\"row\"><span lang=\"en\" dir=\"ltr\">Error</span></th>",
        "<a href=\"/\"><span lang=\"en\" dir=\"ltr\">Back to <bdi>OpenBoxes Lift</bdi></span></a>",
        "data-done=\"Copied\"",
        "<span role=\"status\" id=\"copied\" lang=\"en\" dir=\"ltr\"></span>",
        "&amp;body=%0D%0A%0D%0A%0D%0AError%3A%20ONB-0101",
    ] {
        assert!(polish.contains(part), "{part}\n{polish}");
    }
    let form = onboarding::onb_form_invalid::new().with_form("site");
    let form = form.with_field_errors(FieldErrors::from_iter([
        FieldError::new("/name", lift::field_error::required()),
        FieldError::new("/email", lift::field_error::invalid_email()),
    ]));
    let form = form.build();
    let html = form.problem().with_locale("pl".parse().unwrap()).display(Format::Html).to_string();
    for part in ["required.</span></li>", "such as <code>name@example.com</code>.</span></li>"] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert_eq!(html.matches("</strong>: <span lang=\"en\" dir=\"ltr\">").count(), 2, "{html}");
    let arabic = form.problem().with_locale("ar".parse().unwrap()).display(Format::Html).to_string();
    assert!(!arabic.contains("</strong>: <span"), "{arabic}");
    let other = lift::not_found::new().with_resource_kind(shop::Term::Carton).with_resource("7");
    let german = other.problem().with_locale("de".parse().unwrap()).display(Format::Html).to_string();
    assert!(german.contains(": <span lang=\"en\" dir=\"ltr\">box</span> <bdi>7</bdi>."), "{german}");
    // The page of a status is in the language of its title.
    let status = StatusProblem::new(401).unwrap().with_catalog(&onboarding::CATALOG).with_brand(&BRAND);
    let html = status.with_locale("fr".parse().unwrap()).display(Format::Html).to_string();
    for part in [
        "<html lang=\"en\"",
        "<h2 id=\"support\"><span lang=\"fr\" dir=\"ltr\">",
        "id=\"copied\" lang=\"fr\" dir=\"ltr\">",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    // What is in the page's language has no mark.
    for locale in lift::CATALOG.locales() {
        for sample in samples::all() {
            let html = page(&sample, locale);
            assert_eq!(html.matches(" lang=\"").count(), 1, "{} in {locale}", sample.name);
        }
    }
}

/// Values of a service or a request are text everywhere on the page.
#[test]
fn what_is_foreign_is_text() {
    let hostile = "</title></style></script><img src=x onerror=alert(1)>\"'`{limit}\u{0}\u{202e}";
    let brand = Brand::new(hostile)
        .with_support(hostile)
        .with_home("javascript:alert(1)")
        .with_login("//e.example")
        .with_status_page("javascript:alert(1)")
        .with_logo("https://e.example/x.png");
    let error = lift::not_found::new().with_resource(hostile);
    for locale in lift::CATALOG.locales() {
        let problem = error.problem().with_locale(locale).with_instance(hostile);
        let html = Page::new(problem, &brand).with_host(hostile).with_path(hostile).display().to_string();
        for markup in ["<img", "onerror=alert(1)>", "javascript:", "e.example"] {
            assert!(!html.contains(markup), "{markup} in\n{html}");
        }
        assert_eq!(html.matches("</title>").count() + html.matches("</style>").count(), 2);
        assert!(html.contains("{limit}"));
        let bare = StatusProblem::new(418).unwrap().with_locale(locale).with_brand(&brand);
        let html = bare.display(Format::Html).to_string();
        for markup in ["<img", "onerror=alert(1)>", "javascript:", "e.example"] {
            assert!(!html.contains(markup), "{markup} in\n{html}");
        }
    }
}
