from django.urls import path

from tesselle.library.views import albums, captions, consents, files, makers, pages, public, share

app_name = "library"
urlpatterns = [
    path("assets/<int:asset_id>", files.whole, name="asset"),
    path("assets/<int:asset_id>/small", files.small, name="thumb"),
    path("assets/<int:asset_id>/poster", files.poster, name="poster"),
    path("assets/<int:asset_id>/pages/<int:number>", files.page, name="page"),
    path("media", pages.media, name="media"),
    path("media/upload", pages.upload, name="upload"),
    path("media/document", makers.document, name="new_document"),
    path("media/pair", makers.pair, name="new_pair"),
    path("media/<int:asset_id>/captions", captions.captions, name="captions"),
    path("media/<int:asset_id>/captions/burn", captions.burn_in, name="burn_captions"),
    path("media/<int:asset_id>/captions.<str:ending>", captions.captions_file, name="captions_file"),
    path("media/<int:asset_id>/crop", makers.crop, name="crop"),
    path("media/<int:asset_id>/logo", makers.logo, name="logo"),
    path("media/<int:asset_id>/with-logo", makers.logo_on, name="logo_on"),
    path("media/chosen", albums.chosen, name="chosen"),
    path("share", share.share, name="share"),
    path("albums", albums.albums, name="albums"),
    path("albums/<int:album_id>", albums.album, name="album"),
    path("albums/<int:album_id>/close", albums.close, name="close_album"),
    path("media/<int:asset_id>", pages.asset, name="media_asset"),
    path("media/<int:asset_id>/delete", pages.throw_away, name="delete"),
    path("media/<int:asset_id>/restore", pages.restore, name="restore"),
    path("media/<int:asset_id>/state", pages.state, name="state"),
    path("media/<int:asset_id>/again", pages.again, name="again"),
    path("media/<int:asset_id>/people", consents.people, name="people"),
    path("consents", consents.register, name="consents"),
    path("consents/new", consents.new, name="new_consent"),
    path("consents/<int:consent_id>", consents.consent, name="consent"),
    path("consents/<int:consent_id>/withdraw", consents.take_back, name="withdraw_consent"),
    path("consents/<int:consent_id>/forget", consents.delete, name="forget_consent"),
    path("m/<str:token>/<path:name>", public.signed, name="public"),
]
